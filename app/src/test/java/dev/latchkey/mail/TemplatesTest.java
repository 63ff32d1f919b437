package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplatesTest {
    private static final Instant UNTIL = Instant.parse("2026-11-21T13:05:59Z");
    private static final String LINK = "https://lib.example.org/reset-password#token=lkx_abc";

    private final Templates templates = new Templates("The Harbour Library");

    static List<Mail> everyMail() {
        return List.of(
                Mail.reset("a@example.org", "Ada", LINK, UNTIL),
                Mail.welcome("a@example.org", "Ada", "ada", LINK, UNTIL),
                Mail.verification("a@example.org", "Ada", LINK, UNTIL),
                Mail.invite("a@example.org", "Mara", LINK, UNTIL),
                Mail.joinRequest("a@example.org", "Ada", "eve", "https://lib.example.org"),
                Mail.approved("a@example.org", "Ada", "ada", "https://lib.example.org"),
                Mail.alert("a@example.org", "Ada", "Your password was changed."));
    }

    @ParameterizedTest
    @MethodSource("everyMail")
    void everyMailHasASubjectAndTheSameContentAsTextAndAsHtml(Mail mail) {
        Letter letter = templates.write(mail);
        assertThat(letter.subject()).contains("The Harbour Library").doesNotContain("\n");
        assertThat(letter.html()).startsWith("<!doctype html>").endsWith("</html>\n");
        for (String part : List.of(letter.subject(), letter.text(), letter.html())) {
            assertThat(part).doesNotContain("{{", "}}");
        }
        mail.values()
                .values()
                .forEach(value -> assertThat(List.of(letter.text(), letter.html()))
                        .allSatisfy(part -> assertThat(part).contains(value)));
        if (mail.uselessAt() != null) {
            assertThat(letter.text()).contains("21 November 2026, 13:05 UTC");
            assertThat(letter.html()).contains("21 November 2026, 13:05 UTC");
        }
    }

    @Test
    void hostileNamesAreTextInHtmlAndOneLineEverywhere() {
        String name = "<script>alert(1)</script>\" onload='x' & 🦊\r\nBcc: eve@example.org\n\u2028\u202ereversed";
        Letter letter = new Templates("Lib\r\nX-Evil: 1 <b>").write(Mail.invite("a@example.org", name, LINK, UNTIL));
        assertThat(letter.subject())
                .isEqualTo("<script>alert(1)</script>\" onload='x' & 🦊 Bcc: eve@example.org reversed"
                        + " invites you to Lib X-Evil: 1 <b>");
        assertThat(letter.html())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp; 🦊 Bcc:")
                .doesNotContain("<script", "<b>", "\u202e");
        assertThat(Pattern.compile("^(Bcc|X-Evil)", Pattern.MULTILINE).matcher(letter.text() + letter.html()))
                .matches(matcher -> !matcher.find());
    }

    @Test
    void whoIsNotKnownByNameIsGreetedWithoutOne() {
        Letter letter = templates.write(Mail.verification("a@example.org", null, LINK, UNTIL));
        assertThat(letter.text()).startsWith("Hello,\n");
        assertThat(letter.html()).contains("<p>Hello,</p>");
    }

    @Test
    void aNameThatLooksLikeAPlaceStaysAName() {
        Letter letter = templates.write(Mail.reset("a@example.org", "{{link}} $1 \\", LINK, UNTIL));
        assertThat(letter.text()).startsWith("Hello {{link}} $1 \\,");
    }
}
