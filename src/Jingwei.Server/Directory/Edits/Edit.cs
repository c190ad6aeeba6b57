namespace Jingwei.Server.Directory.Edits;

/// <summary>What made an edit.</summary>
public enum EditKind
{
    Import,
    Selection,
    Undo,
}

/// <summary>How far an edit is.</summary>
public enum EditState
{
    Running,
    Done,

    /// <summary>The server ended in its middle: what was written stands, and can be undone, or the same done again.</summary>
    Interrupted,

    Undone,
}

/// <summary>One item of an edit that was not written.</summary>
/// <param name="Code">taken, stale, cycle, too-deep, has-children.</param>
public sealed record EditFailure(string Thing, string Code, string Detail);

/// <summary>Many things changed in one go: an import, a change to a selection, or the undoing of one.</summary>
/// <param name="Name">The file, or what was changed.</param>
/// <param name="Done">Items that were tried so far.</param>
/// <param name="Undoes">The edit that this one undid.</param>
public sealed record EditItem(
    string Id, EditKind Kind, string Name, string Actor, string? ActorName, DateTimeOffset At, EditState State, int Total, int Done, int Made, int Changed, int TakenBack,
    string? Undoes, IReadOnlyList<EditFailure> Failures);
