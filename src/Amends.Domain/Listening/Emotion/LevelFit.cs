namespace Amends.Domain.Listening.Emotion;

/// <summary>
/// Fits how the whole of a text and its loudest sentence make one score, on texts whose level a person gave and which the
/// model had not seen; then where the levels begin, so that as many texts as can be are put where people put them.
/// </summary>
internal static class LevelFit
{
    private const int Steps = 4000;
    private const float Rate = 0.05f, Ridge = 0.002f, Finest = 0.01f;

    private const float AngryTarget = 0.7f, UpsetTarget = 0.5f, CalmTarget = 0.12f;

    /// <summary>The score that each level is drawn to.</summary>
    private static readonly float[] Targets = [0.08f, 0.42f, 0.72f, 0.92f];

    /// <summary>What a model says of a text, with its label.</summary>
    public static Point PointOf(((float Upset, float Angry) Whole, (float Upset, float Angry) Loudest) logits, UpsetExample example)
    {
        var (whole, loudest) = logits;
        var target = example.Level is { } level ? Targets[(int)level] : example.Angry == true ? AngryTarget : example.Upset == true ? UpsetTarget : CalmTarget;
        return new Point(whole, loudest, example.Level, target, example.LevelWeight);
    }

    /// <summary>The fit.</summary>
    public static Combination Fit(IReadOnlyList<Point> points)
    {
        var (bias, whole, loudest) = Descend(points);
        var angry = Slope(points);
        var fitted = new Combination(bias, whole, loudest, angry.Bias, angry.Slope, 0, 0, 0);
        var scored = points.Where(point => point.Level is not null).Select(point => (Score: 1 / (1 + MathF.Exp(-fitted.Upset(point.Whole.Upset, point.Loudest.Upset))), point.Level!.Value, point.Weight)).ToList();
        var annoyed = Border(scored, UpsetLevel.Annoyed);
        var upset = Math.Max(annoyed + Finest, Border(scored, UpsetLevel.Upset));
        return fitted with { AnnoyedFrom = annoyed, UpsetFrom = upset, VeryUpsetFrom = Math.Max(upset + Finest, Border(scored, UpsetLevel.VeryUpset)) };
    }

    /// <summary>Gradient descent on the cross entropy with the targets of the levels; whole and loudest count for something, never against.</summary>
    private static (float Bias, float Whole, float Loudest) Descend(IReadOnlyList<Point> points)
    {
        var (bias, whole, loudest) = (0f, 0.5f, 0.5f);
        var all = points.Sum(point => point.Weight);
        for (var step = 0; step < Steps; step++)
        {
            var (gBias, gWhole, gLoudest) = (0f, 0f, 0f);
            foreach (var point in points)
            {
                var error = 1 / (1 + MathF.Exp(-(bias + whole * point.Whole.Upset + loudest * point.Loudest.Upset))) - point.Target;
                error *= point.Weight;
                gBias += error;
                gWhole += error * point.Whole.Upset;
                gLoudest += error * point.Loudest.Upset;
            }

            bias -= Rate * gBias / all;
            whole = Math.Max(0, whole - Rate * (gWhole / all + Ridge * whole));
            loudest = Math.Max(0, loudest - Rate * (gLoudest / all + Ridge * loudest));
        }

        return (bias, whole, loudest);
    }

    private static (float Bias, float Slope) Slope(IReadOnlyList<Point> points)
    {
        var (bias, slope) = (0f, 1f);
        var all = points.Sum(point => point.Weight);
        for (var step = 0; step < Steps; step++)
        {
            var (gBias, gSlope) = (0f, 0f);
            foreach (var point in points)
            {
                var logit = (point.Whole.Angry + point.Loudest.Angry) / 2;
                var error = 1 / (1 + MathF.Exp(-(bias + slope * logit))) - (point.Target >= AngryTarget ? 0.85f : 0.1f);
                error *= point.Weight;
                gBias += error;
                gSlope += error * logit;
            }

            bias -= Rate * gBias / all;
            slope = Math.Max(0.1f, slope - Rate * (gSlope / all + Ridge * (slope - 1)));
        }

        return (bias, slope);
    }

    /// <summary>The border of a level and all above it that puts the fewest texts on the wrong side.</summary>
    private static float Border(List<(float Score, UpsetLevel Level, float Weight)> scored, UpsetLevel from) =>
        Enumerable.Range(1, (int)(1 / Finest) - 1).Select(step => step * Finest)
            .MinBy(border => scored.Sum(text => text.Score >= border != text.Level >= from ? text.Weight : 0));

    /// <summary>What a model said of one text.</summary>
    public readonly record struct Point((float Upset, float Angry) Whole, (float Upset, float Angry) Loudest, UpsetLevel? Level, float Target, float Weight);
}
