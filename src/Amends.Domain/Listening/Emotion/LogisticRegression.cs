namespace Amends.Domain.Listening.Emotion;

/// <summary>
/// Logistic regression with a ridge, solved in the dual one example at a time: Yu, Huang and Lin (2011), "Dual coordinate
/// descent methods for logistic regression and maximum entropy models". It comes to the one optimum whatever the order.
/// </summary>
internal static class LogisticRegression
{
    private const int Steps = 20;
    private const double Edge = 1e-6, Enough = 1e-9;

    /// <summary>Fits weights.</summary>
    /// <param name="rows">The examples: which weights they touch, and by how much.</param>
    /// <param name="isPositive">What each is.</param>
    /// <param name="costs">How much a mistake on each costs, beside a ridge of one half of the squared weights.</param>
    /// <param name="size">How many weights there are.</param>
    /// <param name="passes">How often all examples are gone through.</param>
    /// <returns>The weights.</returns>
    public static float[] Fit(IReadOnlyList<Row> rows, IReadOnlyList<bool> isPositive, IReadOnlyList<float> costs, int size, int passes)
    {
        var weights = new float[size];
        var duals = new double[rows.Count];
        var norms = new double[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            norms[i] = rows[i].SquaredNorm;
            duals[i] = Edge * costs[i];
            rows[i].AddTo(weights, (float)(isPositive[i] ? duals[i] : -duals[i]));
        }

        var order = Enumerable.Range(0, rows.Count).ToArray();
        for (var pass = 0; pass < passes; pass++)
        {
            Shuffle(order, (uint)pass + 1);
            foreach (var i in order)
            {
                var margin = (isPositive[i] ? 1 : -1) * rows[i].Times(weights);
                var dual = Minimum(norms[i], margin, duals[i], costs[i]);
                rows[i].AddTo(weights, (float)((dual - duals[i]) * (isPositive[i] ? 1 : -1)));
                duals[i] = dual;
            }
        }

        return weights;
    }

    /// <summary>Where the dual objective of one example is least, by Newton steps that stay inside (0, cost).</summary>
    private static double Minimum(double norm, double margin, double old, double cost)
    {
        var dual = old;
        for (var step = 0; step < Steps; step++)
        {
            var slope = norm * (dual - old) + margin + Math.Log(dual / (cost - dual));
            var next = dual - slope / (norm + cost / (dual * (cost - dual)));
            next = next <= 0 ? dual / 10 : next >= cost ? cost - (cost - dual) / 10 : next;
            if (Math.Abs(next - dual) < Enough * cost)
                return next;
            dual = next;
        }

        return dual;
    }

    /// <summary>Fisher and Yates with a generator of Marsaglia (2003, xorshift32): the same order in every run.</summary>
    private static void Shuffle(int[] items, uint seed)
    {
        var state = seed * 2654435769;
        for (var i = items.Length - 1; i > 0; i--)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            var with = (int)(state % (uint)(i + 1));
            (items[i], items[with]) = (items[with], items[i]);
        }
    }

    /// <summary>One example: hashed features with their values, and the counts behind them.</summary>
    /// <param name="Indexes">Which weights.</param>
    /// <param name="Values">By how much; as many.</param>
    public sealed record Row(int[] Indexes, float[] Values)
    {
        /// <summary>The sum of the squares.</summary>
        public double SquaredNorm => Values.Sum(value => (double)value * value);

        /// <summary>What the weights say.</summary>
        public double Times(float[] weights)
        {
            var sum = 0.0;
            for (var i = 0; i < Indexes.Length; i++)
                sum += weights[Indexes[i]] * Values[i];
            return sum;
        }

        /// <summary>Adds a multiple of this to the weights.</summary>
        public void AddTo(float[] weights, float by)
        {
            for (var i = 0; i < Indexes.Length; i++)
                weights[Indexes[i]] += by * Values[i];
        }
    }
}
