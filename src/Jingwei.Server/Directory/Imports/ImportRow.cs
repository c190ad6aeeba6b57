namespace Jingwei.Server.Directory.Imports;

/// <summary>What an import does with a row.</summary>
public enum RowOutcome
{
    Make,
    Change,

    /// <summary>The thing is as the row says already.</summary>
    Same,

    /// <summary>Nothing: the row has faults.</summary>
    Bad,
}

/// <summary>What is wrong in a row.</summary>
/// <param name="Column">As the file calls it.</param>
public sealed record RowFault(string Column, string Value, string Expected);

/// <summary>A row of an import, judged.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="Fields">What it changes.</param>
public sealed record ImportRow(int Row, string Id, string Name, RowOutcome Outcome, IReadOnlyList<FieldChange> Fields, IReadOnlyList<RowFault> Faults)
{
    /// <summary>What is written; none for rows that change nothing.</summary>
    internal ThingWrite? Write { get; init; }
}
