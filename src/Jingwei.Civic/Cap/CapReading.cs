namespace Jingwei.Civic.Cap;

/// <summary>What reading a document as an alert gave.</summary>
public sealed record CapReading
{
    /// <summary>The alert; null when there is none to be read, and in strict reading also when there are errors.</summary>
    public required CapAlert? Alert { get; init; }

    /// <summary>Everything that is not as the standard wants it, in the order of the document.</summary>
    public required IReadOnlyList<DocumentProblem> Problems { get; init; }

    /// <summary>1.2 or 1.1; null when it is no alert.</summary>
    public Version? Version { get; init; }

    /// <summary>There is an alert, and no error.</summary>
    public bool IsValid => Version is not null && !Problems.Any(problem => problem.Level == ProblemLevel.Error);
}

/// <summary>How an alert is read.</summary>
public sealed record CapReadOptions
{
    /// <summary>
    /// For alerts as they come: what can be read is read, also of an alert that breaks the standard, and what does not fit is left out. Nothing of it in
    /// silence: every deviation is among the problems. Without it an alert with errors is not returned. Default false.
    /// </summary>
    public bool IsLenient { get; init; }

    /// <summary>The charset that the server gave in Content-Type; null when none.</summary>
    public string? Charset { get; init; }

    public DocumentLimits Limits { get; init; } = DocumentLimits.Alert;
}
