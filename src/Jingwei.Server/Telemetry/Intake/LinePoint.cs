namespace Jingwei.Server.Telemetry.Intake;

/// <summary>What a field of line protocol holds.</summary>
public enum LineValueKind
{
    Real,
    Whole,
    Natural,
    Boolean,
    Text,
}

/// <summary>A field's value; integers are exact in their own members.</summary>
public readonly record struct LineValue(LineValueKind Kind, double Real = 0, long Whole = 0, ulong Natural = 0, string? Text = null)
{
    /// <summary>The value as readings know it.</summary>
    public RawValue ToRaw() => Kind switch
    {
        LineValueKind.Real => RawValue.Of(Real),
        LineValueKind.Whole => RawValue.Of(Whole),
        LineValueKind.Natural => RawValue.Of(Natural),
        LineValueKind.Boolean => RawValue.Of(Whole == 1),
        _ => RawValue.Of(Text!),
    };
}

/// <summary>One line of line protocol; used again for each line.</summary>
public sealed class LinePoint
{
    public string Measurement { get; set; } = "";

    public List<KeyValuePair<string, string>> Tags { get; } = [];

    public List<KeyValuePair<string, LineValue>> Fields { get; } = [];

    /// <summary>In the precision that the request names; null: none was given.</summary>
    public long? Time { get; set; }

    /// <summary>The first tag of that key, or null.</summary>
    public string? Tag(string key)
    {
        foreach (var tag in Tags)
        {
            if (tag.Key == key)
            {
                return tag.Value;
            }
        }

        return null;
    }

    internal void Clear()
    {
        Measurement = "";
        Tags.Clear();
        Fields.Clear();
        Time = null;
    }
}
