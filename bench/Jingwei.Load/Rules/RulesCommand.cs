using System.CommandLine;
using System.Diagnostics;
using Jingwei.Server.Rules;
using Jingwei.Server.Telemetry;

namespace Jingwei.Load.Rules;

/// <summary>Readings through rules, in process on one thread: how many a second, and whether memory stays flat.</summary>
internal static class RulesCommand
{
    // As many messages as a busy server hands over at a time.
    private const int MessagesAtOnce = 100;

    private const int Quarters = 4;

    public static Command Create()
    {
        var readings = new Option<long>("--readings") { Description = "Readings in all.", DefaultValueFactory = _ => 40_000_000 };
        var things = new Option<int>("--things") { Description = "Machines; a multiple of 100.", DefaultValueFactory = _ => 10_000 };
        var rules = new Option<int>("--rules") { Description = "Rules in all; every fifth one looks at a window.", DefaultValueFactory = _ => 100 };
        var types = new Option<int>("--types") { Description = "Types that they are spread over: with 1 every machine has all rules.", DefaultValueFactory = _ => 10 };
        var command = new Command("rules", "Readings through the rules of the server, in process, on one thread.") { readings, things, rules, types };
        command.SetAction(parsed => Run(new RuleFloor(parsed.GetValue(types), parsed.GetValue(rules), parsed.GetValue(things)), parsed.GetValue(readings)));
        return command;
    }

    private static void Run(RuleFloor floor, long total)
    {
        var start = Instant.Of(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));
        var counters = new RuleCounters();
        var packs = floor.Packs;
        var engine = new RuleEngine(packs, counters, start, Instant.Of(TimeSpan.FromMinutes(5)));
        engine.Meet(floor.Things);
        var batch = new Reading[MessagesAtOnce * RuleFloor.Properties];
        var events = new List<RuleEvent>();
        var (took, done, raised) = (TimeSpan.Zero, 0L, 0L);
        for (var quarter = 1; quarter <= Quarters; quarter++)
        {
            var (before, doneBefore, allocated) = (took, done, GC.GetAllocatedBytesForCurrentThread());
            while (done < total * quarter / Quarters)
            {
                var message = done / RuleFloor.Properties;
                var (first, round) = ((int)(message % floor.Things.Length), message / floor.Things.Length);
                floor.Fill(batch, first, round, start);
                var began = Stopwatch.GetTimestamp();
                engine.Take(batch, events);
                if (first == 0)
                {
                    events.AddRange(engine.Tick(batch[0].Time));
                }

                took += Stopwatch.GetElapsedTime(began);
                raised += events.Count(each => each.Transition == RuleTransition.Raise);
                events.Clear();
                done += batch.Length;
            }

            var memory = GC.GetTotalMemory(forceFullCollection: true) / 1048576;
            Console.WriteLine(
                $"quarter {quarter}: {(done - doneBefore) / (took - before).TotalSeconds:N0} readings/s; memory {memory:N0} MiB; "
                + $"{(double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / (done - doneBefore):0.0} bytes allocated a reading; {raised:N0} alarms so far");
        }

        var counts = packs.Rules.Select(rule => counters.Of(rule.Id)).ToList();
        Console.WriteLine(
            $"in all: {done:N0} readings in {took.TotalSeconds:0.00} s = {done / took.TotalSeconds:N0}/s on one thread; "
            + $"{counts.Sum(each => each.Evaluated):N0} evaluations, {counts.Sum(each => each.Matched):N0} true, {raised:N0} alarms, {counts.Sum(each => each.Errors)} errors");
    }
}
