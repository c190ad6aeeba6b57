namespace Jingwei.Server.Packs;

/// <summary>One thing that is wrong in a pack, where it is, and what was expected there.</summary>
/// <param name="File">The file's path below the folder that was loaded, with slashes.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in UTF-16 units as editors count.</param>
/// <param name="Expected">What would have been right; null where the message says it.</param>
public sealed record PackProblem(string File, int Line, int Column, string Message, string? Expected)
{
    public override string ToString() =>
        Expected is null ? $"{File}:{Line}:{Column}: {Message}" : $"{File}:{Line}:{Column}: {Message} (expected {Expected})";
}
