using System.Globalization;
using System.Text;
using Jingwei.Demo.PcbChain.Simulation;

namespace Jingwei.Demo.PcbChain;

/// <summary>What the presses of one laminator measured, minute by minute, as line protocol.</summary>
internal sealed class Presses(Api api)
{
    private const string Database = "pcb-chain";

    // How often a controller writes, minutes of the cycle.
    private const double Step = 5;

    /// <summary>Writes the readings of cycles.</summary>
    /// <param name="ends">Each with the time when it ended by our clock.</param>
    /// <param name="speed">How many times faster the chain's clock went.</param>
    public async Task WriteAsync(IEnumerable<(PressCycle Cycle, DateTimeOffset End)> ends, double speed, CancellationToken stop)
    {
        var lines = new StringBuilder();
        foreach (var (cycle, end) in ends)
        {
            Append(lines, cycle, end, speed);
        }

        if (lines.Length > 0)
        {
            await api.WriteLinesAsync(Database, lines.ToString(), stop);
        }
    }

    private static void Append(StringBuilder lines, PressCycle cycle, DateTimeOffset end, double speed)
    {
        var press = cycle.Press[^1];
        for (var minute = 0.0; minute <= cycle.Minutes; minute += Step)
        {
            var (step, temperature, pressure, vacuum) = cycle.At(minute);
            var at = end.AddMinutes((minute - cycle.Minutes) / speed).ToUnixTimeMilliseconds();
            lines.Append(
                CultureInfo.InvariantCulture,
                $"press,press={Registration.Pressing.Id}-press-{press} cycle_step=\"{step}\",laminate_lot=\"{cycle.Lot}\",plate_temperature={temperature:0.0},plate_pressure={pressure:0.00},vacuum_pressure={vacuum:0.0} {at}\n");
        }

        lines.Append(CultureInfo.InvariantCulture, $"press,press={Registration.Pressing.Id}-press-{press} cycle_step=\"idle\" {end.AddMinutes(1 / speed).ToUnixTimeMilliseconds()}\n");
    }
}
