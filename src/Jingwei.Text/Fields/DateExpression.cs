namespace Jingwei.Text.Fields;

/// <summary>A day named in a text, absolutely or relative to the day of the report.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Date">The day.</param>
/// <param name="Explicit">How much of the day is written out: 3 year, month and day; 2 month and day; 1 day; 0 relative (昨天).</param>
internal readonly record struct DateExpression(int Start, int End, DateOnly Date, int Explicit);
