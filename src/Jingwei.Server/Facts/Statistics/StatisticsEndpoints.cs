using System.Globalization;
using Jingwei.Server.Access;
using Jingwei.Server.Access.Agreements;
using Jingwei.Server.Facts.Queries;
using Jingwei.Server.Facts.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jingwei.Server.Facts.Statistics;

/// <summary>Figures over parties that agreed to be counted, without a row of theirs.</summary>
internal static class StatisticsEndpoints
{
    private const string Month = "yyyy-MM";

    public static void MapStatistics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/facts/statistics", Answer).Requires(Right.View)
            .WithSummary("`measure` events, yield or lead-time `by` party, product, month or bizStep, of whole months `from` up to and with `to` (2026-11), of a `product` class. Small cells count nowhere.");

    private static Results<Ok<SharedStatistics>, ProblemHttpResult> Answer(
        Caller caller, string? measure, string? by, string? from, string? to, string? product, CountedEvents counted, FactRights rights, Parties parties, TimeProvider clock, CancellationToken cancellation)
    {
        if (MeasureOf(measure) is not { } wanted || Words.Of<StatisticsGrouping>(by ?? "month") is not { } grouping || !Enum.IsDefined(grouping))
        {
            return Problems.Invalid("bad-measure", "measure is events, yield or lead-time; by is party, product, month or bizStep.");
        }

        var now = clock.GetUtcNow();
        var (first, last) = (MonthOf(from) ?? (from is null ? new DateOnly(now.Year, now.Month, 1) : default(DateOnly?)), to is null ? new DateOnly(now.Year, now.Month, 1) : MonthOf(to));
        if (first is not { } begin || last is not { } end || begin > end || MonthsOf(begin, end) > FactLimits.StatisticsMonths || end.Year == DateOnly.MaxValue.Year)
        {
            return Problems.Invalid("bad-time", $"from and to are months, as 2026-11, the second not before the first, at most {FactLimits.StatisticsMonths} of them.");
        }

        try
        {
            var uses = new Dictionary<string, int>(StringComparer.Ordinal);
            var productClass = string.IsNullOrWhiteSpace(product) ? null : ProductClass.Of(product);
            var until = StartOf(end.AddMonths(1));
            var rows = counted.Find(caller, StartOf(begin), StatisticsRun.NeededUntil(wanted, until), StatisticsRun.StepsOf(wanted), productClass, uses, cancellation);
            rights.NoteUses(caller, uses, AgreementUseKind.Statistics);
            return TypedResults.Ok(StatisticsRun.Of(wanted, grouping, rows, until, party => parties.Find(party)?.Name ?? party));
        }
        catch (QueryLimitException)
        {
            return Problems.Invalid("too-many-events", $"More than {FactLimits.StatisticsEvents} events would have to be read; ask for fewer months.");
        }
    }

    private static StatisticsMeasure? MeasureOf(string? word) => word switch
    {
        null or "events" => StatisticsMeasure.Events,
        "yield" => StatisticsMeasure.Yield,
        "lead-time" => StatisticsMeasure.LeadTime,
        _ => null,
    };

    private static int MonthsOf(DateOnly first, DateOnly last) => ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;

    private static DateOnly? MonthOf(string? text) =>
        DateOnly.TryParseExact(text, Month, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    // Whole months alone: of two times that overlap one could be taken from the other.
    private static long StartOf(DateOnly month) => FactTime.Of(new DateTimeOffset(month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}
