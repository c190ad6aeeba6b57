namespace Jingwei.Identifiers.Gs1;

/// <summary>Why something is no GS1 identifier, element string, EPC URI or Digital Link.</summary>
/// <param name="Code">What is wrong, for programs.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Position">Index of the first character that is wrong, from 0, in UTF-16 units of the text that was read.</param>
public sealed record Gs1Problem(Gs1ProblemCode Code, string Message, int Position)
{
    public override string ToString() => $"{Position}: {Message}";

    internal Gs1Problem At(int offset) => this with { Position = Position + offset };
}
