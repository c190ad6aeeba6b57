namespace Jingwei.Server.Facts.Capture;

/// <summary>What was done with a capture (EPCIS 2.0, OpenAPI, schema CaptureJob), and how many events came of it.</summary>
/// <param name="CaptureID">Its name in `/epcis/capture/{captureID}`.</param>
/// <param name="FinishedAt">When its events were on disk: captures are answered then.</param>
/// <param name="Success">Whether every event was captured, now or before.</param>
/// <param name="CaptureErrorBehaviour">`rollback` or `proceed`.</param>
/// <param name="Errors">What was wrong.</param>
/// <param name="Warnings">What was captured all the same and should be looked at.</param>
/// <param name="Captured">Events that are new.</param>
/// <param name="Duplicates">Events that were there already.</param>
internal sealed record CaptureJob(
    string CaptureID, DateTimeOffset CreatedAt, DateTimeOffset FinishedAt, bool Running, bool Success, string CaptureErrorBehaviour,
    IReadOnlyList<CaptureError> Errors, IReadOnlyList<CaptureError> Warnings, int Captured, int Duplicates);

/// <summary>Why an event was not captured.</summary>
/// <param name="Type">The exception of the standard: `epcisException:ValidationException`.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Path">Where in the document, as a JSON Pointer; null where it is about a whole event.</param>
/// <param name="Event">Which event, from 0; null where it is about the document.</param>
internal sealed record CaptureError(string Type, string Title, int Status, string Detail, string? Path, int? Event);
