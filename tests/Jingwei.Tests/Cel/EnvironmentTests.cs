using Jingwei.Cel;

namespace Jingwei.Tests.Cel;

/// <summary>Variables, object types and functions of the host.</summary>
public sealed class EnvironmentTests
{
    private static readonly CelObjectType Order = new(
        "shop.Order", [new("customer", CelType.String), new("lines", CelType.List(CelType.Int)), new("paid", CelType.Bool)]);

    private static readonly CelEnvironment Shop = new(
        [new("order", Order.Type), new("threshold", CelType.Int), new("unused", CelType.Int)], [Order], container: "shop");

    [Fact]
    public void A_program_names_the_variables_and_fields_that_it_reads()
    {
        var program = Shop.Compile("order.paid && size(order.lines) > threshold").Require();
        Assert.Equal(["order: lines, paid at 0", "threshold: whole at 1"], program.Variables
            .Select(use => $"{use.Name}: {(use.Fields is null ? "whole" : string.Join(", ", use.Fields))} at {use.Slot}"));
    }

    [Fact]
    public void Fields_are_checked_and_read()
    {
        var slots = Shop.Bind([("order", CelValue.Of(new CelObject(Order, "Li", CelValue.ListOf(1, 2), default)))]);
        Assert.Equal("Li", Shop.Compile("order.customer").Require().Run(slots).AsString());
        Assert.True(Shop.Compile("has(order.customer) && !has(order.paid)").Require().Run(slots).IsTrue);
        Assert.Equal(
            "1:7: the field 'paid' of shop.Order has no value", Shop.Compile("order.paid").Require().Run(slots).AsError().ToString());
        Assert.Equal(["1:7: shop.Order has no field 'costumer'; did you mean 'customer'?"], Evaluation.Issues(Shop, "order.costumer"));
    }

    [Fact]
    public void Objects_are_made_and_compared_by_their_fields() =>
        Assert.True(Shop.Compile("Order{customer: 'Li', paid: true} == shop.Order{paid: true, customer: 'Li'} && Order{} != Order{paid: true}")
            .Require().Run(Shop.Bind()).IsTrue);

    [Fact]
    public void A_variable_without_value_is_an_error_where_it_is_read()
    {
        var program = Shop.Compile("true || threshold > 1").Require();
        Assert.True(program.Run(Shop.Bind()).IsTrue);
        var error = Shop.Compile("1 +\n threshold").Require().Run(Shop.Bind()).AsError();
        Assert.Equal((CelErrorCode.Unbound, "2:2: 'threshold' has no value"), (error.Code, error.ToString()));
    }

    [Fact]
    public void Too_few_slots_are_refused() =>
        Assert.Throws<ArgumentException>(() => Shop.Compile("threshold > 1").Require().Run([]));

    [Fact]
    public void A_name_declared_twice_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new CelEnvironment([new("a", CelType.Int), new("a", CelType.Bool)]));
        Assert.Throws<ArgumentException>(() => new CelEnvironment([], functions: [Average("size")]));
    }

    [Fact]
    public void A_host_function_sees_its_arguments_and_its_host_and_is_listed_with_constant_arguments()
    {
        var environment = new CelEnvironment([new("p", CelType.String)], functions: [Average("average")]);
        var program = environment.Compile("average(p, duration('5m')) > 2.0").Require();
        var call = Assert.Single(program.Calls);
        Assert.Equal(("average", 1, 1), (call.Function, call.Line, call.Column));
        Assert.Equal([CelKind.Unset, CelKind.Duration], call.Arguments.Select(argument => argument.Kind));
        Assert.True(program.Run(environment.Bind([("p", "temperature")]), new Dictionary<string, double> { ["temperature"] = 3 }).IsTrue);
        Assert.Equal(
            "1:1: no reading of pressure",
            program.Run(environment.Bind([("p", "pressure")]), new Dictionary<string, double>()).AsError().ToString());
        Assert.Equal(
            ["1:1: no form of 'average' fits average(int); there is average(string, duration)"],
            [.. Evaluation.Issues(environment, "average(1)").Select(issue => issue)]);
    }

    private static CelFunction Average(string name) => new(
        name, "The mean of a property over a window.",
        [
            new CelOverload([CelType.String, CelType.Duration], CelType.Double, (arguments, call) =>
                ((Dictionary<string, double>)call.Host!).TryGetValue(arguments[0].AsString(), out var value)
                    ? value
                    : CelValue.Error(CelErrorCode.Host, $"no reading of {arguments[0].AsString()}")),
        ]);
}
