using Amends.Fuzz;

// What bin/campaign runs for fuzz and render.
return args switch
{
    ["fuzz", .. var rest] => await FuzzCommand.Run(rest),
    ["replay", .. var rest] => await FuzzCommand.Replay(rest),
    ["render", .. var rest] => await RenderCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bin/campaign fuzz …, bin/campaign replay KIND FILE…, bin/campaign render …; bin/campaign --help says more.");
    return 2;
}
