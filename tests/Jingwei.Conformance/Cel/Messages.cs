using System.Globalization;
using Jingwei.Cel;

namespace Jingwei.Conformance.Cel;

/// <summary>
/// Object types in place of the messages of the specification (test_all_types.proto), with the fields whose meaning does not
/// depend on protobuf: numbers, text, bytes, times, messages, lists and maps of these. Defaults of unset fields, wrappers, enums,
/// extensions, Any and JSON have no counterpart.
/// </summary>
internal static class Messages
{
    private static readonly (string Name, CelType Type)[] Scalars =
    [
        ("int32", CelType.Int), ("int64", CelType.Int), ("sint32", CelType.Int), ("sint64", CelType.Int),
        ("sfixed32", CelType.Int), ("sfixed64", CelType.Int), ("uint32", CelType.Uint), ("uint64", CelType.Uint),
        ("fixed32", CelType.Uint), ("fixed64", CelType.Uint), ("float", CelType.Double), ("double", CelType.Double),
        ("bool", CelType.Bool), ("string", CelType.String), ("bytes", CelType.Bytes),
        ("duration", CelType.Duration), ("timestamp", CelType.Timestamp),
    ];

    private static readonly string[] Reserved =
    [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    ];

    public static IReadOnlyList<CelObjectType> Types { get; } =
        [.. Package("cel.expr.conformance.proto2"), .. Package("cel.expr.conformance.proto3")];

    public static CelType TypeOf(string message) => Find(message).Type;

    /// <summary>A message written as [type.googleapis.com/NAME] { fields }.</summary>
    public static CelValue Read(string url, TextMessage body) =>
        CelValue.Of(Read(Find(url.TrimStart('[').TrimEnd(']').Replace("type.googleapis.com/", "", StringComparison.Ordinal)), body));

    private static CelObjectType Find(string message) =>
        Types.FirstOrDefault(type => type.Name == message) ?? throw new BeyondScopeException(message);

    private static IEnumerable<CelObjectType> Package(string package)
    {
        var all = $"{package}.TestAllTypes";
        var (single, child, parent) = (CelType.Object($"{all}.NestedMessage"), CelType.Object($"{package}.NestedTestAllTypes"), CelType.Object(all));
        yield return new(single.Name, [new("bb", CelType.Int)]);
        yield return new(child.Name, [new("child", child), new("payload", parent)]);
        yield return new($"{package}.TestRequired", [new("required_int32", CelType.Int)]);
        var keys = Scalars.Where(scalar => scalar.Name is "bool" or "int32" or "int64" or "uint32" or "uint64" or "string").ToList();
        IEnumerable<CelField> fields =
        [
            .. Scalars.Select(scalar => new CelField($"single_{scalar.Name}", scalar.Type)),
            .. Scalars.Select(scalar => new CelField($"repeated_{scalar.Name}", CelType.List(scalar.Type))),
            .. keys.SelectMany(key => Scalars.Select(value => new CelField($"map_{key.Name}_{value.Name}", CelType.Map(key.Type, value.Type)))),
            .. Reserved.Select(word => new CelField(word, CelType.Bool)),
            new("single_nested_message", single), new("standalone_message", single), new("repeated_nested_message", CelType.List(single)),
            new("oneof_type", child), new("oneof_msg", single), new("oneof_bool", CelType.Bool),
            new("optional_bool", CelType.Bool), new("optional_string", CelType.String),
        ];
        yield return new(all, fields);
    }

    private static CelObject Read(CelObjectType type, TextMessage body)
    {
        var unknown = body.Names.FirstOrDefault(name => type.IndexOf(name) < 0);
        return unknown is null
            ? new CelObject(type, [.. type.Fields.Select(field => body.Has(field.Name) ? Read(field.Type, body, field.Name) : default)])
            : throw new BeyondScopeException($"{type.Name}.{unknown}");
    }

    private static CelValue Read(CelType type, TextMessage body, string name) => type.Kind switch
    {
        CelTypeKind.Int => long.Parse(body.Word(name), CultureInfo.InvariantCulture),
        CelTypeKind.Uint => CelValue.Of(ulong.Parse(body.Word(name), CultureInfo.InvariantCulture)),
        CelTypeKind.Double => TextProto.Double(body.Word(name)),
        CelTypeKind.Bool => body.Word(name) == "true",
        CelTypeKind.String => body.Text(name),
        CelTypeKind.Bytes => CelValue.Of(body.Bytes(name)),
        CelTypeKind.Duration => CelValue.Duration(body.Message(name)!.Number("seconds"), (int)body.Message(name)!.Number("nanos")),
        CelTypeKind.Timestamp => CelValue.Timestamp(body.Message(name)!.Number("seconds"), (int)body.Message(name)!.Number("nanos")),
        CelTypeKind.List => CelValue.ListOf([.. body.Each(name).Select(one => Read(type.Arguments[0], one, name))]),
        CelTypeKind.Map => CelMap.Create([.. body.All(name).Select(entry =>
            KeyValuePair.Create(Read(type.Arguments[0], entry, "key"), Read(type.Arguments[1], entry, "value")))]),
        _ => CelValue.Of(Read(Find(type.Name), body.Message(name)!)),
    };
}
