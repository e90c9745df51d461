package org.initlab.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What containers need on their host.
 *
 * @param folder for what is thrown away with the test
 * @param user who can write to the volumes, as {@code uid:gid}
 * @param hosts for {@code /etc/hosts}
 * @param users for {@code /etc/passwd}
 */
record Host(Path folder, String user, Path hosts, Path users) {

    /**
     * Lays it out in a new folder.
     *
     * @param names that lead to this machine
     */
    static Host in(Path folder, String user, String... names) throws IOException {
        Files.createDirectories(folder);
        Path hosts = Files.writeString(
                folder.resolve("hosts"), "127.0.0.1 localhost " + String.join(" ", names) + "\n::1 localhost\n");
        Path users = Files.writeString(
                folder.resolve("passwd"),
                "root:x:0:0::/:/bin/sh\ninitlab:x:" + user + "::/home/initlab:/usr/sbin/nologin\n");
        return new Host(folder, user, hosts, users);
    }

    /** What is mounted at a path of all containers that have a volume there. */
    Path volume(String path) throws IOException {
        Path volume = folder.resolve("volumes" + path);
        if (!Files.exists(volume)) {
            Files.createDirectories(volume);
            if (System.getProperty("user.name").equals("root")) {
                Image.run("chown", user, volume);
            }
        }
        return volume;
    }
}
