package org.initlab.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.initlab.platform.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** The page of a service that asks for tokens. */
@ServiceTest
@TestPropertySource(properties = "initlab.tokens=viewer:read:viewers-secret-0123")
class LoginPageTest {
    @LocalServerPort
    int port;

    @Test
    void aTokenOpensThePageUntilItsUserLogsOut() {
        try (Browser browser = Browser.start()) {
            Page page = browser.open("http://127.0.0.1:" + port + "/", 1200, ColorScheme.LIGHT);
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            Locator token = dialog.getByLabel("Token");

            token.fill("not-a-secret-0123456");
            button(page, "Log in").click();
            assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("token");
            Browser.requireAccessible(page);
            Browser.picture(page, "login");

            token.fill("viewers-secret-0123");
            button(page, "Log in").click();
            assertThat(dialog).hasCount(0);
            assertThat(page.locator(".nothing")).hasText("There are no experiments yet.");
            page.reload();
            assertThat(page.locator(".nothing")).hasText("There are no experiments yet.");
            Browser.requireAccessible(page);
            Browser.picture(page, "logged-in");

            button(page, "Log out viewer").click();
            assertThat(dialog).isVisible();
            assertThat(button(page, "Log out viewer")).hasCount(0);
            assertThat(browser.faults()).isNotEmpty().allMatch(fault -> fault.contains("401"));
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
