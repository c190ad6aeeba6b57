using Jingwei.Cel.Syntax;

namespace Jingwei.Cel.Planning;

/// <summary>Where in the source an expression stands, worked out only when an error needs it.</summary>
internal sealed class Place(SourceText source, int offset)
{
    /// <summary>An error with this place, unless it carries one from deeper inside; any other value as it is.</summary>
    public CelValue Mark(in CelValue value)
    {
        if (value.Kind != CelKind.Error || value.AsError().Line != 0)
        {
            return value;
        }

        var (line, column) = source.Locate(offset);
        return CelValue.Of(value.AsError() with { Line = line, Column = column });
    }
}
