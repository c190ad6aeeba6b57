namespace Jingwei.Demo.Factory.Simulation;

/// <summary>A board that the factory makes; <paramref name="CycleFactor"/> scales every operation's ideal cycle.</summary>
internal sealed record Product(string Program, double CycleFactor);

/// <summary>A run of panels of one product. Machines set up when a panel of another product arrives.</summary>
internal sealed record Lot(int Number, Product Product);

/// <summary>Releases panels to the first operation of a line, lot after lot.</summary>
internal sealed class LotPlan(Random random, IReadOnlyList<Product> products)
{
    private Lot current = new(1, products[0]);
    private int left = 200;

    public Panel NextPanel()
    {
        if (left == 0)
        {
            var others = products.Where(product => product != current.Product).ToList();
            current = new Lot(current.Number + 1, others[random.Next(others.Count)]);
            left = 150 + random.Next(330);
        }

        left--;
        return new Panel(current, IsFlawed: false);
    }
}
