package dev.latchkey.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.library.Media;
import dev.latchkey.library.Upload;
import dev.latchkey.library.UploadResult;
import java.util.List;

/** What became of the files of a form, in their order. */
record UploadResultsView(List<ResultView> results) {
    /** One file: its medium, or the reason why there is none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ResultView(String filename, Upload.Status status, Long mediaId, String sha256, String reason) {
        static ResultView of(UploadResult result) {
            Media media = result.upload() == null ? null : result.upload().media();
            return new ResultView(
                    result.filename(),
                    result.status(),
                    media == null ? null : media.id(),
                    media == null ? null : media.sha256(),
                    result.reason());
        }
    }

    static UploadResultsView of(List<UploadResult> results) {
        return new UploadResultsView(results.stream().map(ResultView::of).toList());
    }
}
