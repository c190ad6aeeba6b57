using Jingwei.Cel;
using Jingwei.Server.Packs.Functions;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Packs;

/// <summary>What a pack's expressions may name. Checking and running use the same scope.</summary>
public static class ExpressionScope
{
    /// <summary>
    /// The properties of a thing type as variables, in their order, and the rule's parameters behind them: number is double, boolean is bool,
    /// enumeration and text are string, position is map(string, double) with lon and lat. And <see cref="ThingFunctions"/> and <see cref="RuleAggregates"/>.
    /// </summary>
    public static CelEnvironment OfRule(ThingType type, IEnumerable<string> parameters) =>
        OfRule(type.Properties.Select(property => (property.Id, property.Kind)), parameters);

    /// <summary>The inputs of an indicator as variables, in their order: each is double.</summary>
    public static CelEnvironment OfInputs(Indicator indicator) =>
        OfProperties(indicator.Inputs.Select(input => (input.Id, PropertyKind.Number)));

    internal static CelEnvironment OfRule(IEnumerable<(string Id, PropertyKind Kind)> properties, IEnumerable<string> parameters) => new(
        Variables(properties).Concat(parameters.Select(parameter => new CelVariable(parameter, CelType.Double))).DistinctBy(variable => variable.Name),
        functions: ThingFunctions.All,
        aggregates: RuleAggregates.All);

    internal static CelEnvironment OfProperties(IEnumerable<(string Id, PropertyKind Kind)> properties) => new(Variables(properties));

    private static IEnumerable<CelVariable> Variables(IEnumerable<(string Id, PropertyKind Kind)> properties) =>
        properties.Select(property => new CelVariable(property.Id, TypeOf(property.Kind)));

    private static CelType TypeOf(PropertyKind kind) => kind switch
    {
        PropertyKind.Number => CelType.Double,
        PropertyKind.Boolean => CelType.Bool,
        PropertyKind.Position => CelType.Map(CelType.String, CelType.Double),
        _ => CelType.String,
    };
}
