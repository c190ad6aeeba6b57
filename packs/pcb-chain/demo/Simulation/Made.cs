namespace Jingwei.Demo.PcbChain.Simulation;

/// <summary>Something that gets an identifier when it is made.</summary>
/// <param name="Kind">The word of its kind of goods.</param>
/// <param name="Id">Its Digital Link.</param>
/// <param name="Values">What the identifier says, by type.</param>
internal sealed record Made(string Kind, string Id, IReadOnlyList<MadeValue> Values);

/// <summary>What an identifier says.</summary>
/// <param name="For">Who may read it: everybody where it is null, nobody but its owner where it is empty.</param>
internal sealed record MadeValue(string Type, string Text, IReadOnlyList<string>? For = null)
{
    /// <summary>For its owner, and whom an agreement lets read it.</summary>
    public static MadeValue Kept(string type, string text) => new(type, text, []);
}
