namespace Jingwei.Demo.Factory.Simulation;

/// <summary>What a machine's controller has counted since it was put up.</summary>
internal sealed class Counters
{
    public long Produced { get; private set; }

    public long Good { get; private set; }

    public long FirstPass { get; private set; }

    public long Scrap { get; private set; }

    public long Opens { get; private set; }

    public long Shorts { get; private set; }

    /// <summary>Panels that failed one after the other, up to now.</summary>
    public int FailedInRow { get; private set; }

    /// <summary>kW.h.</summary>
    public double Energy { get; set; }

    public void Count(bool failed, bool scrapped, bool open)
    {
        Produced++;
        Good += scrapped ? 0 : 1;
        FirstPass += failed ? 0 : 1;
        Scrap += scrapped ? 1 : 0;
        Opens += failed && open ? 1 : 0;
        Shorts += failed && !open ? 1 : 0;
        FailedInRow = failed ? FailedInRow + 1 : 0;
    }

    /// <summary>Goes on from what was reported before a restart; <paramref name="reported"/> gives 0 for what was not.</summary>
    public void ContinueFrom(Func<string, double> reported)
    {
        Produced = (long)reported("produced_count");
        Good = (long)reported("good_count");
        FirstPass = (long)reported("first_pass_count");
        Scrap = (long)reported("scrap_count");
        Opens = (long)reported("opens");
        Shorts = (long)reported("shorts");
        Energy = reported("energy");
    }
}
