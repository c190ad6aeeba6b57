namespace Jingwei.Text;

/// <summary>A labelled piece of a text.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Start">Where it starts, in UTF-16 code units.</param>
/// <param name="End">Where it ends, exclusive, in UTF-16 code units.</param>
public readonly record struct TextSpan(string Label, int Start, int End);
