using Jingwei.Cel.Library;

namespace Jingwei.Cel.Planning;

/// <summary>What evaluates its second part only as the optional value before it demands: or(), orValue(), optMap(), optFlatMap().</summary>
internal static class OptionalSteps
{
    public static Step Or(Step first, Step second, Place place)
    {
        var (left, right) = (first.Run, second.Run);
        return new((ref Frame frame) =>
        {
            var value = left(ref frame);
            if (value.Kind != CelKind.Optional)
            {
                return NotOptional("or", value, place);
            }

            if (value.AsOptional().HasValue)
            {
                return value;
            }

            var other = right(ref frame);
            return other.Kind == CelKind.Optional ? other : NotOptional("or", other, place);
        });
    }

    public static Step OrValue(Step first, Step second, Place place)
    {
        var (left, right) = (first.Run, second.Run);
        return new((ref Frame frame) =>
        {
            var value = left(ref frame);
            return value.Kind != CelKind.Optional ? NotOptional("orValue", value, place)
                : value.AsOptional() is { HasValue: true } present ? present.Value
                : right(ref frame);
        });
    }

    /// <summary>The body over the value, which is put into a local; flat where the body itself gives an optional.</summary>
    public static Step Map(Evaluator target, int local, Evaluator body, bool flat, Place place)
    {
        var name = flat ? "optFlatMap" : "optMap";
        return new((ref Frame frame) =>
        {
            var value = target(ref frame);
            if (value.Kind != CelKind.Optional)
            {
                return NotOptional(name, value, place);
            }

            if (value.AsOptional() is not { HasValue: true } present)
            {
                return value;
            }

            frame.Locals[local] = present.Value;
            var result = body(ref frame);
            return result.Kind == CelKind.Error || (flat && result.Kind == CelKind.Optional) ? result
                : flat ? NotOptional(name, result, place)
                : Optionals.Of(result);
        });
    }

    /// <summary>What is inside an element, entry or field written with '?': unset where there is nothing to put in.</summary>
    public static Step Part(Evaluator part, Place place) => new((ref Frame frame) =>
    {
        var value = part(ref frame);
        return value.Kind == CelKind.Optional ? value.AsOptional().Value : NotOptional("?", value, place);
    });

    private static CelValue NotOptional(string name, in CelValue value, Place place) =>
        value.Kind == CelKind.Error ? value : place.Mark(Overload.None(name, value));
}
