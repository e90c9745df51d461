package org.initlab.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What containers need on their host.
 *
 * @param folder for what is thrown away with the test
 * @param volume the folder that is mounted where they keep what lasts
 * @param hosts for {@code /etc/hosts}
 * @param users for {@code /etc/passwd}
 */
record Host(Path folder, Path volume, Path hosts, Path users) {

    /**
     * Lays it out in a new folder.
     *
     * @param user who shall be able to write to the volume, as {@code uid:gid}
     * @param names that lead to this machine
     */
    static Host in(Path folder, String user, String... names) throws IOException {
        Path volume = Files.createDirectories(folder.resolve("data"));
        if (System.getProperty("user.name").equals("root")) {
            Image.run("chown", user, volume);
        }
        Path hosts = Files.writeString(
                folder.resolve("hosts"), "127.0.0.1 localhost " + String.join(" ", names) + "\n::1 localhost\n");
        Path users = Files.writeString(
                folder.resolve("passwd"),
                "root:x:0:0::/:/bin/sh\ninitlab:x:" + user + "::/home/initlab:/usr/sbin/nologin\n");
        return new Host(folder, volume, hosts, users);
    }
}
