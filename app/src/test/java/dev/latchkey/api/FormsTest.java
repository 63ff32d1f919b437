package dev.latchkey.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latchkey.account.InviteForm;
import dev.latchkey.account.ProfileChange;
import dev.latchkey.account.Role;
import dev.latchkey.audit.AuditEntry;
import dev.latchkey.audit.Target;
import dev.latchkey.http.Json;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {
    @Test
    void anAbsentFieldIsNullAndNullClears() throws JsonProcessingException {
        ProfileChange change =
                read("{\"display_name\":\"Ada\",\"email\":null,\"unknown\":[1,{\"x\":2}]}", ProfileChange.class);

        assertThat(change.displayName()).contains("Ada");
        assertThat(change.email()).isEqualTo(Optional.empty());
        assertThat(change.phone()).isNull();
        assertThat(read("{}", InviteForm.class).ttlHours()).isNull();
        assertThat(read("{\"ttl_hours\":null}", InviteForm.class).ttlHours()).isEqualTo(Optional.empty());
        assertThat(read("{\"ttl_hours\":5,\"role\":\"guest\"}", InviteForm.class)
                        .role())
                .isEqualTo(Role.GUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ttl_hours\":\"5\"}",
                "{\"ttl_hours\":1.5}",
                "{\"ttl_hours\":true}",
                "{\"role\":\"owner\"}",
                "{\"role\":3}",
                "{\"auto_approve\":\"true\"}",
                "{\"auto_approve\":1}",
                "{\"quota_bytes\":99999999999999999999}",
                "{\"note\":{}}",
                "{\"note\":5}"
            })
    void nothingIsGuessed(String json) {
        assertThatThrownBy(() -> read(json, InviteForm.class)).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n-1"})
    void aFormulaBecomesTextInTheAuditExport(String agent) {
        AuditEntry entry = new AuditEntry(
                1, Instant.EPOCH, 7L, "-ada", "session.login", new Target("session", 2), "::1", agent, 1, agent);

        AuditView view = AuditView.forSpreadsheet(entry);

        assertThat(view.userAgent()).isEqualTo("'" + agent);
        assertThat(view.detail()).isEqualTo("'" + agent);
        assertThat(view.actor().username()).isEqualTo("'-ada");
        assertThat(AuditView.of(entry).userAgent()).isEqualTo(agent);
    }

    @Test
    void otherTextStaysAsItIsInTheAuditExport() {
        AuditEntry entry = new AuditEntry(
                1, Instant.EPOCH, null, null, "session.login_failed", null, "10.0.0.1", "curl/8 (x=1)", 3, null);

        assertThat(AuditView.forSpreadsheet(entry)).isEqualTo(AuditView.of(entry));
    }

    private static <T> T read(String json, Class<T> type) throws JsonProcessingException {
        return Json.MAPPER.readValue(json, type);
    }
}
