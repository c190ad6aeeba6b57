namespace Jingwei.Cel.Checking;

/// <summary>Says in an author's words why a function does not take its arguments.</summary>
internal static class Mismatch
{
    private const int MostListed = 6;

    public static string Explain(FunctionEntry entry, bool isMember, IReadOnlyList<CelType> arguments)
    {
        if (Operator(entry.Name) is { } symbol)
        {
            return arguments.Count == 1
                ? $"'{symbol}' cannot be applied to {arguments[0]}"
                : $"'{symbol}' cannot be applied to {arguments[0]} and {arguments[1]}{Hint(arguments[0], arguments[1])}";
        }

        var form = entry.Signatures.Where(signature => signature.IsMember == isMember).ToList();
        if (form.Count == 0)
        {
            return isMember
                ? $"'{entry.Name}' is called as {entry.Name}(...), not on a value"
                : $"'{entry.Name}' is called on a value: x.{entry.Name}(...)";
        }

        var given = isMember ? $"{arguments[0]}.{entry.Name}({List(arguments.Skip(1))})" : $"{entry.Name}({List(arguments)})";
        var options = form.Take(MostListed).Select(signature => Write(entry.Name, signature));
        return $"no form of '{entry.Name}' fits {given}; there is {string.Join(", ", options)}{(form.Count > MostListed ? ", ..." : "")}";
    }

    private static string Write(string name, Signature signature) => signature.IsMember
        ? $"{signature.Parameters[0]}.{name}({List(signature.Parameters.Skip(1))})"
        : $"{name}({List(signature.Parameters)})";

    private static string List(IEnumerable<CelType> types) => string.Join(", ", types);

    private static string? Operator(string name) => name switch
    {
        "@in" => "in",
        "_[_]" => "[]",
        "_[?_]" => "[?]",
        _ => name.Contains('_', StringComparison.Ordinal) && !char.IsAsciiLetter(name.Trim('_')[0]) ? name.Replace("_", "", StringComparison.Ordinal) : null,
    };

    private static string Hint(CelType left, CelType right)
    {
        static bool Number(CelType type) => type.Kind is CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double;
        if (left.IsOptional || right.IsOptional)
        {
            return ": an optional gives its value with orValue()";
        }

        if (!Number(left) || !Number(right))
        {
            return left.Kind == CelTypeKind.String && Number(right) ? ": write the number in quotes, or use string()" : "";
        }

        return left.Kind == CelTypeKind.Double || right.Kind == CelTypeKind.Double
            ? ": write whole numbers with a point (65.0), or use double()"
            : ": write unsigned numbers with a u (65u), or use int() or uint()";
    }
}
