package dev.latchkey.account;

import dev.latchkey.db.Sql;
import java.util.List;

/** The tables that tell of a person, when the person is removed. */
final class FormerMemberDao {
    /** Shown wherever something of a removed person stays. */
    static final String DISPLAY_NAME = "former member";

    /** Everything that belongs to one person only; of the sessions hang the refresh tokens. */
    private static final List<String> OWN = List.of(
            "DELETE FROM sessions WHERE user_id = ?",
            "DELETE FROM sign_in_challenges WHERE user_id = ?",
            "DELETE FROM second_factors WHERE user_id = ?",
            "DELETE FROM backup_codes WHERE user_id = ?",
            "DELETE FROM device_codes WHERE user_id = ?",
            "DELETE FROM known_addresses WHERE user_id = ?",
            "DELETE FROM join_codes WHERE user_id = ?",
            "DELETE FROM join_codes WHERE created_by = ?");

    /** A name with a blank: nobody can register it or type it in. */
    static String username(long id) {
        return DISPLAY_NAME + " " + id;
    }

    /** Deletes what belongs to {@code person} alone, and takes their name and address out of what stays. */
    void erase(Sql sql, User person) {
        OWN.forEach(delete -> sql.update(delete, person.id()));
        sql.update("""
                UPDATE join_requests SET username = ?, display_name = ?, email = NULL, email_key = NULL
                WHERE username = ? AND status = 'approved'""", username(person.id()), DISPLAY_NAME, person.username());
        if (person.email() != null) {
            sql.update("UPDATE invites SET email = NULL WHERE email = ? AND used_at IS NOT NULL", person.email());
            sql.update("DELETE FROM mail WHERE recipient = ? AND state <> 'sent'", person.email());
        }
    }
}
