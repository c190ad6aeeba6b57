using System.Globalization;
using Jingwei.Cel;

namespace Jingwei.Conformance.Cel;

/// <summary>Raised where a vector uses what has no counterpart here: wrappers, enums, Any, JSON and other ways of protobuf.</summary>
internal sealed class BeyondScopeException(string message) : Exception(message);

/// <summary>Runs one test of a SimpleTestFile and says how it failed; null when it passed.</summary>
internal static class CelVector
{
    public static string? Run(TextMessage test)
    {
        try
        {
            return Judge(test);
        }
        catch (BeyondScopeException beyond)
        {
            return $"beyond scope: {beyond.Message}";
        }
    }

    private static string? Judge(TextMessage test)
    {
        var declarations = test.All("type_env").ToList();
        var environment = new CelEnvironment(
            declarations.Where(declaration => declaration.Has("ident")).Select(Variable), Messages.Types,
            declarations.Where(declaration => declaration.Has("function")).Select(Function), test.Text("container"));
        var source = test.Text("expr");
        var compilation = test.Word("disable_check") == "true" ? environment.CompileUnchecked(source) : environment.Compile(source);
        if (compilation.Program is not { } program)
        {
            return ExpectsMismatch(test) ? null : $"does not compile: {string.Join("; ", compilation.Issues)}";
        }

        if (test.Message("typed_result")?.Message("deduced_type") is { } type && !program.ResultType.Equals(Type(type)))
        {
            return $"is {program.ResultType}, not {Type(type)}";
        }

        if (test.Word("check_only") == "true")
        {
            return null;
        }

        var slots = environment.Bind(test.All("bindings").Select(binding => (binding.Text("key"), Value(binding.Message("value")!.Message("value")!))));
        return Compare(test, program.Evaluate(slots));
    }

    /// <summary>Whether it is the checker that is to find an error: the vectors have no other sign of that than its words.</summary>
    private static bool ExpectsMismatch(TextMessage test) =>
        test.Word("disable_check") != "true"
        && test.All("eval_error").SelectMany(error => error.All("errors"))
            .Any(error => error.Text("message").StartsWith("found no matching overload", StringComparison.Ordinal));

    private static string? Compare(TextMessage test, CelValue actual)
    {
        if (test.Has("eval_error") || test.Has("any_eval_errors"))
        {
            return actual.IsError ? null : $"gives {actual}, not an error";
        }

        // Without any expectation the result is true (simple.proto).
        var expected = test.Message("value") ?? test.Message("typed_result")?.Message("result");
        var value = expected is null ? CelValue.True : Value(expected);
        return Same(actual, value) ? null : $"gives {actual}, not {value}";
    }

    /// <summary>Strict equality: kinds count, and NaN is NaN.</summary>
    private static bool Same(CelValue actual, CelValue expected) => (actual.Kind, expected.Kind) switch
    {
        (CelKind.Double, CelKind.Double) => actual.AsDouble().Equals(expected.AsDouble()),
        (CelKind.List, CelKind.List) => actual.AsList().Count == expected.AsList().Count
            && actual.AsList().Zip(expected.AsList()).All(pair => Same(pair.First, pair.Second)),
        (CelKind.Map, CelKind.Map) => actual.AsMap().Count == expected.AsMap().Count
            && expected.AsMap().Keys.All(key => expected.AsMap().TryGet(key, out var value)
                && actual.AsMap().TryGet(key, out var other) && Same(other, value)),
        _ => actual.Kind == expected.Kind && actual.Equals(expected),
    };

    private static CelVariable Variable(TextMessage declaration) =>
        new(declaration.Text("name"), Type(declaration.Message("ident")!.Message("type")!));

    private static CelFunction Function(TextMessage declaration) => new(
        declaration.Text("name"), "Declared by a vector, to be checked only.",
        [.. declaration.Message("function")!.All("overloads").Select(overload => new CelOverload(
            [.. overload.All("params").Select(Type)], Type(overload.Message("result_type")!), (_, _) => CelValue.Error(CelErrorCode.Host, "it has no body")))]);

    private static CelType Type(TextMessage type)
    {
        var name = type.Names.First();
        return name switch
        {
            "primitive" => type.Word(name) switch
            {
                "BOOL" => CelType.Bool,
                "INT64" => CelType.Int,
                "UINT64" => CelType.Uint,
                "DOUBLE" => CelType.Double,
                "STRING" => CelType.String,
                _ => CelType.Bytes,
            },
            "well_known" => type.Word(name) switch
            {
                "TIMESTAMP" => CelType.Timestamp,
                "DURATION" => CelType.Duration,
                _ => throw new BeyondScopeException("google.protobuf.Any"),
            },
            "message_type" => type.Text(name) switch
            {
                "google.protobuf.Timestamp" => CelType.Timestamp,
                "google.protobuf.Duration" => CelType.Duration,
                var message => Messages.TypeOf(message),
            },
            "list_type" => CelType.List(Type(type.Message(name)!.Message("elem_type")!)),
            "map_type" => CelType.Map(Type(type.Message(name)!.Message("key_type")!), Type(type.Message(name)!.Message("value_type")!)),
            "dyn" => CelType.Dyn,
            "null" => CelType.Null,
            "type" => CelType.TypeOf(type.Message(name) is { } inner && inner.Names.Any() ? Type(inner) : CelType.Dyn),
            "abstract_type" => CelType.Abstract(
                type.Message(name)!.Text("name"), [.. type.Message(name)!.All("parameter_types").Select(Type)]),
            "type_param" => CelType.Parameter(type.Text(name)),
            _ => throw new BeyondScopeException(name),
        };
    }

    private static CelValue Value(TextMessage value)
    {
        var name = value.Names.FirstOrDefault() ?? throw new BeyondScopeException("an empty value");
        return name switch
        {
            "int64_value" => long.Parse(value.Word(name), CultureInfo.InvariantCulture),
            "uint64_value" => CelValue.Of(ulong.Parse(value.Word(name), CultureInfo.InvariantCulture)),
            "double_value" => TextProto.Double(value.Word(name)),
            "bool_value" => value.Word(name) == "true",
            "string_value" => value.Text(name),
            "bytes_value" => CelValue.Of(value.Bytes(name)),
            "null_value" => CelValue.Null,
            "type_value" => TypeValue(value.Text(name)),
            "list_value" => CelValue.Of(new CelList([.. value.Message(name)!.All("values").Select(Value)])),
            "map_value" => CelMap.Create([.. value.Message(name)!.All("entries")
                .Select(entry => KeyValuePair.Create(Value(entry.Message("key")!), Value(entry.Message("value")!)))]),
            "object_value" => Known(value.Message(name)!),
            _ => throw new BeyondScopeException(name),
        };
    }

    private static CelValue TypeValue(string name) => new CelEnvironment([], Messages.Types).Compile(name).Program?.Evaluate([])
        ?? throw new BeyondScopeException($"the type {name}");

    private static CelValue Known(TextMessage message)
    {
        var name = message.Names.First();
        var body = message.Message(name)!;
        var (seconds, nanos) = (body.Number("seconds"), (int)body.Number("nanos"));
        return name switch
        {
            "[type.googleapis.com/google.protobuf.Timestamp]" => CelValue.Timestamp(seconds, nanos),
            "[type.googleapis.com/google.protobuf.Duration]" => CelValue.Duration(seconds, nanos),
            _ => Messages.Read(name, body),
        };
    }
}
