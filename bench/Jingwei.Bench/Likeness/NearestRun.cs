using System.Diagnostics;
using Jingwei.Text.Likeness;
using Jingwei.Text.Models;

namespace Jingwei.Bench.Likeness;

/// <summary>An index of as many incidents as a country keeps: what it takes to structure a report, to keep it, and to find what it belongs to.</summary>
internal static class NearestRun
{
    private const double ReportsOfDay = 55;
    private const int Asked = 2_000;
    private const int Wanted = 5;
    private const double LeastJoined = 0.95;

    /// <summary>Runs; false where too few reports were joined to the incident that they tell of.</summary>
    public static bool Run(int incidents, int seed, TextWriter output)
    {
        var models = new ModelFolder(ModelFolder.Shipped);
        var (reports, profiles, likeness) = (models.OpenReports(), models.OpenProfiles(), models.OpenLikeness());
        var written = new WrittenReports(seed, 1 / ReportsOfDay);
        var before = GC.GetTotalMemory(true);
        using var index = new LikenessIndex(likeness, LikenessTask.Event);
        var (kept, bytes) = (new int[incidents + Asked], 0L);
        var (reading, profiling, setting) = (new Stopwatch(), new Stopwatch(), new Stopwatch());
        for (var id = 0; id < incidents; id++)
        {
            var report = written.Next();
            reading.Start();
            var facts = reports.Read(report.Text, report.Title, report.Time);
            reading.Stop();
            profiling.Start();
            var profile = profiles.Read(report.Text, report.Title, report.Time, facts);
            profiling.Stop();
            (kept[id], bytes) = (report.Incident, bytes + profile.ToBytes().Length);
            setting.Start();
            index.Set(id, profile);
            setting.Stop();
        }

        output.WriteLine($"{incidents:n0} reports: structured in {Each(reading, incidents):n0} us, profiles of {bytes / incidents:n0} bytes made in {Each(profiling, incidents):n0} us, kept in {Each(setting, incidents):n0} us");
        output.WriteLine($"memory of profiles and index: {(GC.GetTotalMemory(true) - before) / 1e6:n0} MB");
        var all = Stopwatch.StartNew();
        var asked = Enumerable.Range(incidents, Asked).Select(id =>
        {
            var report = written.Next();
            var profile = profiles.Read(report.Text, report.Title, report.Time, reports.Read(report.Text, report.Title, report.Time));
            var start = Stopwatch.GetTimestamp();
            var best = index.Nearest(profile, Wanted)[0];
            var taken = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            var known = kept.AsSpan(0, id).Contains(report.Incident);
            kept[id] = report.Incident;
            index.Set(id, profile);
            return new Answer(report.Incident, known, best, taken);
        }).ToArray();
        output.WriteLine($"structured, compared and kept on one thread: {Asked / all.Elapsed.TotalSeconds:n0} reports/s");
        return Say(asked, kept, likeness.SameFrom(LikenessTask.Event), output);
    }

    private static bool Say(Answer[] asked, int[] kept, double bar, TextWriter output)
    {
        var times = asked.Select(answer => answer.Microseconds).Order().ToArray();
        output.WriteLine($"nearest {Wanted}: mean {times.Average():n0} us, median {times[Asked / 2]:n0} us, 99 of 100 within {times[Asked * 99 / 100]:n0} us");
        var told = asked.Where(answer => answer.Known).ToArray();
        var joined = told.Count(answer => answer.Best.Score.Score >= bar && kept[answer.Best.Id] == answer.Incident);
        var wrong = asked.Count(answer => answer.Best.Score.Score >= bar && kept[answer.Best.Id] != answer.Incident);
        output.WriteLine($"of {Asked:n0} reports {told.Length:n0} tell of a kept incident: {joined:n0} are joined to it; {wrong:n0} of all are joined to another");
        return joined >= told.Length * LeastJoined;
    }

    private static double Each(Stopwatch watch, int times) => watch.Elapsed.TotalMicroseconds / times;

    private sealed record Answer(int Incident, bool Known, LikenessNeighbour Best, double Microseconds);
}
