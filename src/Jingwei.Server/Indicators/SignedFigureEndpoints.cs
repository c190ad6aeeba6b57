using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Indicators;

/// <summary>A figure of a period that was signed off: as it was reported, beside what the readings of now make of it.</summary>
/// <param name="Reported">False: there was none when the period was signed off.</param>
/// <param name="Value">As it was reported.</param>
/// <param name="Differs">The two are not the same.</param>
public sealed record SignedFigure(
    string Indicator, Label Name, string Thing, string ThingName, IndicatorWindow Window, Label? ShiftName, DateTimeOffset From, DateTimeOffset To,
    double? Value, double? Recomputed, string Unit, Band? Band, Band? RecomputedBand, bool Reported, bool Differs);

/// <summary>The figures that a sign-off holds, in the order of time.</summary>
internal static class SignedFigureEndpoints
{
    // Rows read for one page: where few differ, a page may come out short, and its cursor leads on.
    private const int MostRead = PageRequest.ExportLimit;
    private const int Batch = 1_000;

    // A day of a party begins at most this long before or after that of UTC.
    private const long Zones = 15 * Instant.PerHour;

    public static void MapSignedFigures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/indicators/sign-offs/{id:long}", Get).Requires(Right.View).WithSummary("A period that was signed off.");
        routes.MapGet("/api/indicators/sign-offs/{id:long}/figures", List).Requires(Right.View)
            .WithSummary("The figures of a period that was signed off, as reported and as they would be now; `differs=true` for those that differ.");
    }

    private static Results<Ok<SignOff>, ProblemHttpResult> Get(Caller caller, long id, SignOffStore signOffs, Parties parties) =>
        SignOffEndpoints.Visible(caller, id, signOffs, parties) is { } found ? TypedResults.Ok(found) : Problems.NotFound("sign-off");

    private static Results<Ok<Page<SignedFigure>>, ProblemHttpResult> List(
        Caller caller, long id, SignOffStore signOffs, Parties parties, Subjects subjects, IndicatorHistory history, IndicatorView view, PageRequest page,
        bool differs = false)
    {
        if (SignOffEndpoints.Visible(caller, id, signOffs, parties) is not { } signOff)
        {
            return Problems.NotFound("sign-off");
        }

        var figures = new List<SignedFigure>();
        var after = FigureKey.Read(page.After);
        for (var read = 0; read < MostRead; read += Batch)
        {
            var batch = history.Between(
                Start(signOff.From) - Zones, Start(signOff.To) + Zones, signOff.Indicator, differs ? Instant.Of(signOff.At) : null, after, Batch);
            foreach (var value in batch)
            {
                if (figures.Count == page.Limit)
                {
                    return TypedResults.Ok(new Page<SignedFigure>(figures, PageRequest.Encode(after!.Text)));
                }

                after = FigureKey.Of(value);
                if (Figure(caller, signOff, value, subjects, view) is { } figure && (figure.Differs || !differs))
                {
                    figures.Add(figure);
                }
            }

            if (batch.Count < Batch)
            {
                return TypedResults.Ok(new Page<SignedFigure>(figures, null));
            }
        }

        return TypedResults.Ok(new Page<SignedFigure>(figures, PageRequest.Encode(after!.Text)));
    }

    private static long Start(DateOnly day) => Instant.Of(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));

    private static SignedFigure? Figure(Caller caller, SignOff signOff, IndicatorValue value, Subjects subjects, IndicatorView view) =>
        subjects.Visible(caller, value.Thing) is not null && view.Item(value) is { SignedOff: { } signed } item && signed.SignOff == signOff.Id
            ? new SignedFigure(
                item.Indicator, item.Name, item.Thing, item.ThingName, item.Window.Kind, item.Window.ShiftName, item.Window.From, item.Window.To,
                item.Value, signed.Recomputed, item.Unit, item.Band, signed.RecomputedBand, signed.Reported, signed.Differs)
            : null;
}

/// <summary>Where a list of figures in the order of time stands.</summary>
internal sealed record FigureKey(long From, string Indicator, string Thing)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{From}/{Indicator}/{Thing}");

    public static FigureKey Of(IndicatorValue value) => new(value.Window.From, value.Indicator, value.Thing);

    /// <summary>Null for a cursor that says nothing: from the front.</summary>
    public static FigureKey? Read(string? text) =>
        text?.Split('/', 3) is [var from, var indicator, var thing] && long.TryParse(from, CultureInfo.InvariantCulture, out var at) ? new(at, indicator, thing) : null;
}
