using Jingwei.Cel;
using Jingwei.Server.Packs.Functions;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>What a pack's expressions may name. Checking and running use the same scope.</summary>
public static class ExpressionScope
{
    /// <summary>
    /// The properties of a thing type as variables, in their order, and the rule's parameters behind them: number is double, boolean is bool,
    /// enumeration and text are string, position is map(string, double) with lon and lat. And <see cref="ThingFunctions"/>, <see cref="RuleAggregates"/> and the
    /// functions of the pack's plug-in.
    /// </summary>
    public static CelEnvironment OfRule(ThingType type, IEnumerable<string> parameters, PackPlugin? plugin) =>
        OfRule(type.Properties.Select(property => (property.Id, property.Kind)), parameters, plugin);

    /// <summary>The inputs of an indicator as variables, in their order: each is double. And the functions of the pack's plug-in.</summary>
    public static CelEnvironment OfInputs(Indicator indicator, PackPlugin? plugin) => OfInputs(indicator.Inputs.Select(input => input.Id), plugin);

    internal static CelEnvironment OfRule(IEnumerable<(string Id, PropertyKind Kind)> properties, IEnumerable<string> parameters, PackPlugin? plugin) => new(
        Variables(properties).Concat(parameters.Select(parameter => new CelVariable(parameter, CelType.Double))).DistinctBy(variable => variable.Name),
        functions: plugin is null ? ThingFunctions.All : ThingFunctions.All.Concat(plugin.Functions),
        aggregates: RuleAggregates.All);

    internal static CelEnvironment OfInputs(IEnumerable<string> inputs, PackPlugin? plugin) =>
        new(inputs.Select(input => new CelVariable(input, CelType.Double)), functions: plugin?.Functions);

    private static IEnumerable<CelVariable> Variables(IEnumerable<(string Id, PropertyKind Kind)> properties) =>
        properties.Select(property => new CelVariable(property.Id, TypeOf(property.Kind)));

    internal static CelType TypeOf(PropertyKind kind) => kind switch
    {
        PropertyKind.Number => CelType.Double,
        PropertyKind.Boolean => CelType.Bool,
        PropertyKind.Position => CelType.Map(CelType.String, CelType.Double),
        _ => CelType.String,
    };
}
