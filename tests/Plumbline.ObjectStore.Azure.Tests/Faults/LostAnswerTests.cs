namespace Plumbline.ObjectStore.Azure.Tests.Faults;

/// <summary>What was carried out and not answered is carried out once, and its caller is told so.</summary>
public sealed class LostAnswerTests(Emulator emulator) : FaultTest(emulator)
{
    public static TheoryData<Fault> Faults => [Fault.LostAnswer, Fault.ErrorAfterwards];

    [Theory, MemberData(nameof(Faults))]
    public async Task Append_IsThereOnce_AndTheHandleGoesOn(Fault fault)
    {
        await using var log = await Store.OpenAppendAsync("log");
        await log.AppendAsync(Utf8("a"));
        Proxy.Fail(fault, r => r.IsAppend);
        Assert.Equal(2, await log.AppendAsync(Utf8("b")));
        Assert.Equal(3, await log.AppendAsync(Utf8("c")));
        Assert.Equal("abc", await TextAsync("log"));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task FirstAppend_OfAnObjectThatWasThere_IsThereOnce(Fault fault)
    {
        await Beside.AppendAsync("log", Utf8("a"), 0);
        await using var log = await Store.OpenAppendAsync("log");
        var (marks, appends) = (1, 1);
        Proxy.Choose = r => (r.IsMark && marks-- > 0) || (r.IsAppend && appends-- > 0) ? fault : Fault.None;
        Assert.Equal(2, await log.AppendAsync(Utf8("b")));
        Assert.Equal((-1, -1), (marks, appends));
        Assert.Equal("ab", await TextAsync("log"));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task Append_WithoutAHandle_IsThereOnce(Fault fault)
    {
        Proxy.Fail(fault, r => r.IsCreate || r.IsAppend || r.IsMark, times: 2);
        Assert.Equal(1, await Store.AppendAsync("log", Utf8("a"), 0));
        Proxy.Fail(fault, r => r.IsAppend);
        Assert.Equal(2, await Store.AppendAsync("log", Utf8("b"), null));
        Assert.Equal("ab", await TextAsync("log"));
    }

    /// <summary>The same bytes at the same place by another writer are not this writer's own.</summary>
    [Fact]
    public async Task Append_AnotherWroteTheSame_IsAConflict()
    {
        await using var log = await Store.OpenAppendAsync("log");
        await log.AppendAsync(Utf8("a"));
        await using var other = await Beside.OpenAppendAsync("log");
        Proxy.Choose = r =>
        {
            if (!r.IsAppend) return Fault.None;
            Proxy.Choose = _ => Fault.None;
            return other.AppendAsync(Utf8("same")).AsTask().Wait(TimeSpan.FromSeconds(30)) ? Fault.Reset : Fault.None;
        };
        await Assert.ThrowsAsync<AppendConflictException>(async () => await log.AppendAsync(Utf8("same")));
        await Assert.ThrowsAsync<AppendConflictException>(async () => await log.AppendAsync(Utf8("more")));
        Assert.Equal("asame", await TextAsync("log"));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task PutIfMissing_IsTold_AndTheNextIsRefused(Fault fault)
    {
        Proxy.Fail(fault, r => r.IsPut);
        var tag = await Store.PutAsync("once", Utf8("mine"), PutCondition.Missing);
        Assert.Equal(tag, (await Beside.GetAsync("once"))!.ETag);
        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await Store.PutAsync("once", Utf8("mine"), PutCondition.Missing));
    }

    /// <summary>The same bytes put by another are not this writer's own.</summary>
    [Fact]
    public async Task PutIfMissing_AnotherPutTheSame_IsRefused()
    {
        Proxy.Choose = r =>
        {
            if (!r.IsPut) return Fault.None;
            Proxy.Choose = _ => Fault.None;
            return Beside.PutAsync("once", Utf8("same"), PutCondition.Missing).AsTask().Wait(TimeSpan.FromSeconds(30)) ? Fault.Reset : Fault.None;
        };
        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await Store.PutAsync("once", Utf8("same"), PutCondition.Missing));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task PutIfMatch_IsTold_AndTheTagIsRight(Fault fault)
    {
        var first = await Store.PutAsync("doc", Utf8("1"));
        Proxy.Fail(fault, r => r.IsPut);
        var second = await Store.PutAsync("doc", Utf8("2"), PutCondition.Matches(first));
        await Store.PutAsync("doc", Utf8("3"), PutCondition.Matches(second));
        Assert.Equal("3", await TextAsync("doc"));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task Delete_IsTold(Fault fault)
    {
        var tag = await Store.PutAsync("doc", Utf8("1"));
        Proxy.Fail(fault, r => r.IsDelete);
        Assert.True(await Store.DeleteAsync("doc", tag));
        Assert.Null(await TextAsync("doc"));
        Assert.False(await Store.DeleteAsync("doc"));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task OpenOver_IsTold(Fault fault)
    {
        await Beside.AppendAsync("old", Utf8("abc"), 0);
        var (creates, deletes) = (1, 1);
        Proxy.Choose = r => (r.IsCreate && creates-- > 0) || (r.IsDelete && deletes-- > 0) ? fault : Fault.None;
        await using var log = await Store.OpenOverAsync("new", "old");
        Assert.Equal(1, await log.AppendAsync(Utf8("x")));
        Assert.Equal((null, "x"), (await TextAsync("old"), await TextAsync("new")));
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task Truncate_CutsOnce(Fault fault)
    {
        await using var log = await Store.OpenAppendAsync("log");
        await log.AppendAsync(Utf8("abcdef"));
        Proxy.Fail(fault, r => r.IsMark);
        await log.TruncateAsync(2);
        Assert.Equal(3, await log.AppendAsync(Utf8("X")));
        Assert.Equal("abX", await TextAsync("log"));
    }
}
