package io.tributary.service.document.patch;

/** Why an operation of a JSON Patch does not apply. Never leaves {@link JsonPatches}. */
final class PatchFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    PatchFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
