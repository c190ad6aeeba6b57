namespace Jingwei.Cel;

/// <summary>A value that may not be there: what optional.of(), .? and [?] give. Immutable.</summary>
public sealed class CelOptional
{
    private CelOptional(CelValue value)
    {
        Value = value;
    }

    /// <summary>optional.none().</summary>
    public static CelOptional None { get; } = new(default);

    public bool HasValue => Value.Kind != CelKind.Unset;

    /// <summary>The value; unset where there is none.</summary>
    public CelValue Value { get; }

    /// <summary>An optional with this value; none of an unset one.</summary>
    public static CelOptional Of(CelValue value) => value.Kind == CelKind.Unset ? None : new(value);
}
