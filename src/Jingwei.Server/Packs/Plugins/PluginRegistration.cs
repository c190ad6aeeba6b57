using System.Text.RegularExpressions;
using Jingwei.Cel;
using Jingwei.Sdk;
using Jingwei.Server.Packs.Functions;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs.Plugins;

/// <summary>Takes what a plug-in declares, and what is wrong with it.</summary>
internal sealed partial class PluginRegistration : Registration
{
    private const int LongestName = 64;

    // What any of a pack's expressions may call already.
    private static readonly CelEnvironment Taken = new([], functions: [.. ThingFunctions.All, MessageScope.Local], aggregates: RuleAggregates.All);

    public List<CelFunction> Functions { get; } = [];

    public List<PluginDecoder> Decoders { get; } = [];

    public List<string> Faults { get; } = [];

    public override void Function<T, TResult>(string name, string documentation, Func<T, TResult> body) =>
        Add(name, documentation, body is null ? null : PluginCalls.Of(body), typeof(TResult), typeof(T));

    public override void Function<T1, T2, TResult>(string name, string documentation, Func<T1, T2, TResult> body) =>
        Add(name, documentation, body is null ? null : PluginCalls.Of(body), typeof(TResult), typeof(T1), typeof(T2));

    public override void Function<T1, T2, T3, TResult>(string name, string documentation, Func<T1, T2, T3, TResult> body) =>
        Add(name, documentation, body is null ? null : PluginCalls.Of(body), typeof(TResult), typeof(T1), typeof(T2), typeof(T3));

    public override void Function<T1, T2, T3, T4, TResult>(string name, string documentation, Func<T1, T2, T3, T4, TResult> body) =>
        Add(name, documentation, body is null ? null : PluginCalls.Of(body), typeof(TResult), typeof(T1), typeof(T2), typeof(T3), typeof(T4));

    public override void Decoder(string name, string documentation, PayloadDecoder body)
    {
        if (IsFine("decoder", name, body, Decoders.Any(each => each.Name == name)))
        {
            Decoders.Add(new PluginDecoder(name, documentation ?? "", body));
        }
    }

    private void Add(string name, string documentation, CelFunctionBody? body, Type result, params Type[] parameters)
    {
        if (!IsFine("function", name, body, Functions.Any(each => each.Name == name)))
        {
            return;
        }

        if (Taken.HasFunction(name))
        {
            Faults.Add($"the function {name} is there already, for every pack");
        }
        else if (parameters.Append(result).FirstOrDefault(type => PluginCalls.TypeOf(type) is null) is { } odd)
        {
            Faults.Add($"the function {name} has a parameter or result of type {odd.Name}; there are double, long, bool and string");
        }
        else
        {
            var overload = new CelOverload([.. parameters.Select(type => PluginCalls.TypeOf(type)!)], PluginCalls.TypeOf(result)!, body!);
            Functions.Add(new CelFunction(name, documentation ?? "", [overload]));
        }
    }

    private bool IsFine(string what, string? name, object? body, bool isTwice)
    {
        var fault = name is null || name.Length > LongestName || !Name().IsMatch(name)
            ? $"the {what} \"{name}\" has no name: a lower-case letter, then letters, digits and underscores, at most {LongestName}"
            : body is null ? $"the {what} {name} has nothing that it does"
            : isTwice ? $"the {what} {name} is declared twice"
            : null;
        if (fault is not null)
        {
            Faults.Add(fault);
        }

        return fault is null;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
