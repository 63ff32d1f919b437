package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodesTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

    @Test
    void thePictureHasEveryDarkModuleAndAQuietZone() {
        String text = "otpauth://totp/Latchkey:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Latchkey";
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        String svg = QrCodes.svg(text);
        boolean[][] drawn = new boolean[code.size][code.size];
        Matcher run = RUN.matcher(svg);
        while (run.find()) {
            assertThat(run.group(3)).isEqualTo(run.group(4));
            for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
                drawn[Integer.parseInt(run.group(2)) - 4][Integer.parseInt(run.group(1)) - 4 + i] = true;
            }
        }

        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                assertThat(drawn[y][x]).as(x + ", " + y).isEqualTo(code.getModule(x, y));
            }
        }
        assertThat(svg).contains("viewBox=\"0 0 " + (code.size + 8) + " " + (code.size + 8) + "\"");
    }

    @Test
    void thePictureIsPureDrawing() {
        assertThat(QrCodes.svg("<script>\"&"))
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" ")
                .doesNotContain("script", "style", "href", "&");
    }
}
