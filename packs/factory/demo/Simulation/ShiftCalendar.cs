namespace Jingwei.Demo.Factory.Simulation;

/// <summary>
/// Three shifts from 08:00, 16:00 and 00:00 local time. In each: ten minutes of handover and half an hour of meal,
/// every other operation half an hour later so that buffers carry the line; once a week 90 minutes of maintenance per machine.
/// </summary>
internal sealed class ShiftCalendar(TimeSpan offset)
{
    /// <summary>How much longer a cycle takes at night, when one crew minds more machines.</summary>
    private const double NightPace = 1.06;

    public bool IsPlannedStop(DateTimeOffset at, int operation, int machine)
    {
        var local = at.ToOffset(offset);
        var minute = (local.Hour % 8 * 60) + local.Minute;
        var meal = operation % 2 == 0 ? 210 : 240;
        return minute < 10
            || (minute >= meal && minute < meal + 30)
            || ((int)local.DayOfWeek == machine % 7 && local.Hour == 9)
            || ((int)local.DayOfWeek == machine % 7 && local.Hour == 10 && local.Minute < 30);
    }

    public double Pace(DateTimeOffset at) => at.ToOffset(offset).Hour < 8 ? NightPace : 1.0;
}
