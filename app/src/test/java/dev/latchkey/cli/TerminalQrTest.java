package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalQrTest {
    private static final String TEXT = "http://192.168.1.20:5397/login?join=lkj_0123456789";

    @Test
    void everyModuleIsWhereTheCodeHasItAndAllAroundIsLight() {
        QrCode code = QrCode.encodeText(TEXT, QrCode.Ecc.LOW);
        List<String> lines = TerminalQr.of(TEXT).lines().toList();

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSize(code.size + 4));
        for (int y = -2; y < code.size + 2; y++) {
            for (int x = -2; x < code.size + 2; x++) {
                assertThat(isDark(lines, x + 2, y + 2)).as(x + "," + y).isEqualTo(code.getModule(x, y));
            }
        }
    }

    private static boolean isDark(List<String> lines, int x, int y) {
        char block = lines.get(y / 2).charAt(x);
        return block == ' ' || block == (y % 2 == 0 ? '\u2584' : '\u2580');
    }
}
