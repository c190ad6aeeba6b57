namespace Jingwei.Demo.Factory.Simulation;

/// <summary>Why a machine does not produce, as its controller or its operator enters it.</summary>
internal enum StopReason
{
    None,
    NoMaterial,
    ProductChange,
    ToolChange,
    BrokenBit,
    Spindle,
    Jam,
    Fault,
    Planned,
}

internal static class StopReasons
{
    /// <summary>The value of the property <c>stop_reason</c>.</summary>
    public static string Id(this StopReason reason) => reason switch
    {
        StopReason.NoMaterial => "no_material",
        StopReason.ProductChange => "product_change",
        StopReason.ToolChange => "tool_change",
        StopReason.BrokenBit => "broken_bit",
        StopReason.Spindle => "spindle",
        StopReason.Jam => "jam",
        StopReason.Fault => "fault",
        StopReason.Planned => "planned",
        _ => "none",
    };
}
