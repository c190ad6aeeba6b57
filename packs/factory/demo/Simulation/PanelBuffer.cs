namespace Jingwei.Demo.Factory.Simulation;

/// <summary>Panels waiting between two operations, first in first out. Full blocks those before it, empty starves those after it.</summary>
internal sealed class PanelBuffer(int capacity)
{
    private readonly Queue<Panel> panels = new();

    public int Count => panels.Count;

    public int Room => capacity - panels.Count;

    public void Put(Panel panel) => panels.Enqueue(panel);

    public Panel Take() => panels.Dequeue();
}
