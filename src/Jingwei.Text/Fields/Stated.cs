namespace Jingwei.Text.Fields;

/// <summary>What a report states, and where.</summary>
/// <param name="Value">What is stated.</param>
/// <param name="Start">Where it starts, in UTF-16 code units of the text or the title.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Confidence">From 0 to 1: how far it may be relied on, by the kind of statement that it was read from.</param>
/// <param name="InTitle">Whether it stands in the title.</param>
public sealed record Stated<T>(T Value, int Start, int End, double Confidence, bool InTitle);
