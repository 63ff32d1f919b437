package dev.latchkey.session;

/** A personal access token that was just made, with the secret that nobody can see again. */
public record CreatedPersonalToken(PersonalToken row, String token) {
    @Override
    public String toString() {
        return "CreatedPersonalToken[" + row.id() + "]";
    }
}
