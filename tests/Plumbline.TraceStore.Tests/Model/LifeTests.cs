namespace Plumbline.TraceStore.Tests.Model;

/// <summary>Appends with copies and late spans, seals, compactions, retention, sampling, erasure, transforms, restarts, crashes, full disks and damaged
/// blocks, all mixed, against a naive model.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task Store_WhateverHappensToIt_AnswersLikeTheNaiveModel()
    {
        var first = Soak.FirstSeed;
        for (var seed = first; seed < first + Soak.Count(6); seed++)
        {
            var life = new StoreLife(seed);
            try
            {
                await life.RunAsync(steps: 60);
            }
            catch (Exception failure)
            {
                Assert.Fail($"PLUMBLINE_SEED={seed}: {string.Join("; ", life.History)}: {failure}");
            }
        }
    }
}
