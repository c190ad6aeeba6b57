namespace Jingwei.Cel;

/// <summary>The shape of a <see cref="CelType"/>.</summary>
public enum CelTypeKind
{
    Dyn,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,
    Type,
    Object,
    /// <summary>A type known by its name and arguments only, such as optional_type(int) or net.IP.</summary>
    Abstract,
    Parameter,
}

/// <summary>A static type: what the checker reasons with. Equal by structure.</summary>
public sealed class CelType : IEquatable<CelType>
{
    private const string OptionalName = "optional_type";

    private CelType(CelTypeKind kind, string name, params CelType[] arguments)
    {
        Kind = kind;
        Name = name;
        Arguments = arguments;
    }

    /// <summary>Any type; checked when evaluated.</summary>
    public static CelType Dyn { get; } = new(CelTypeKind.Dyn, "dyn");
    public static CelType Null { get; } = new(CelTypeKind.Null, "null_type");
    public static CelType Bool { get; } = new(CelTypeKind.Bool, "bool");
    public static CelType Int { get; } = new(CelTypeKind.Int, "int");
    public static CelType Uint { get; } = new(CelTypeKind.Uint, "uint");
    public static CelType Double { get; } = new(CelTypeKind.Double, "double");
    public static CelType String { get; } = new(CelTypeKind.String, "string");
    public static CelType Bytes { get; } = new(CelTypeKind.Bytes, "bytes");
    public static CelType Timestamp { get; } = new(CelTypeKind.Timestamp, "google.protobuf.Timestamp");
    public static CelType Duration { get; } = new(CelTypeKind.Duration, "google.protobuf.Duration");
    /// <summary>An IP address.</summary>
    public static CelType Address { get; } = Abstract("net.IP");
    /// <summary>A block of IP addresses, as CIDR notation writes it.</summary>
    public static CelType Network { get; } = Abstract("net.CIDR");
    /// <summary>The type of types whose instance type is not known.</summary>
    public static CelType Type { get; } = TypeOf(Dyn);

    public CelTypeKind Kind { get; }

    /// <summary>The name as CEL writes it; of a list, map or type without its arguments.</summary>
    public string Name { get; }

    /// <summary>Element of a list; key and value of a map; instance of a type; the arguments of an abstract type.</summary>
    public IReadOnlyList<CelType> Arguments { get; }

    internal bool IsOptional => Kind == CelTypeKind.Abstract && Name == OptionalName;

    public static CelType List(CelType element) => new(CelTypeKind.List, "list", element);

    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", key, value);

    public static CelType TypeOf(CelType instance) => new(CelTypeKind.Type, "type", instance);

    /// <summary>A declared object type, by its name.</summary>
    public static CelType Object(string name) => new(CelTypeKind.Object, name);

    /// <summary>A value that may not be there.</summary>
    public static CelType Optional(CelType value) => Abstract(OptionalName, value);

    /// <summary>A type that nothing is known of but its name and its arguments, such as a pair(A, B) that functions of the host take and give.</summary>
    public static CelType Abstract(string name, params CelType[] arguments) => new(CelTypeKind.Abstract, name, arguments);

    /// <summary>A type parameter of an overload, such as A in (list(A)) -> A.</summary>
    public static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    public bool Equals(CelType? other) =>
        other is not null && Kind == other.Kind && Name == other.Name && Arguments.SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as CelType);

    public override int GetHashCode() => HashCode.Combine(Kind, Name, Arguments.Count);

    /// <summary>As an author would write it: list(int), map(string, double), timestamp.</summary>
    public override string ToString() => Kind switch
    {
        CelTypeKind.Timestamp => "timestamp",
        CelTypeKind.Duration => "duration",
        CelTypeKind.Null => "null",
        _ => Arguments.Count == 0 ? Name : $"{Name}({string.Join(", ", Arguments)})",
    };
}
