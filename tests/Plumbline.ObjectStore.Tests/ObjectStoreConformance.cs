using System.Text;

namespace Plumbline.ObjectStore.Tests;

/// <summary>The contract of <see cref="IObjectStore"/>, run against every implementation.</summary>
public abstract class ObjectStoreConformance : IAsyncLifetime
{
    protected IObjectStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateStoreAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected abstract Task<IObjectStore> CreateStoreAsync();

    [Fact]
    public async Task Get_Missing_IsNull()
    {
        Assert.Null(await Store.GetAsync("nothing/here"));
        Assert.Null(await Store.GetPropertiesAsync("nothing/here"));
    }

    [Fact]
    public async Task Get_FolderOfObjects_IsNull()
    {
        await Store.PutAsync("a/b", "x"u8.ToArray());
        Assert.Null(await Store.GetAsync("a"));
        Assert.Null(await Store.GetPropertiesAsync("a"));
        Assert.Null(await Store.GetAsync("a/b/c"));
    }

    [Fact]
    public async Task Put_SeveralBuffers_AreOneObject()
    {
        var tag = await Store.PutAsync("a/b", [Utf8("one "), Utf8(""), Utf8("two")]);
        var stored = await Store.GetAsync("a/b");
        Assert.Equal("one two", Encoding.UTF8.GetString(stored!.Content));
        Assert.Equal(tag, stored.ETag);
        Assert.Equal((7L, tag), ((await Store.GetPropertiesAsync("a/b"))!.Length, (await Store.GetPropertiesAsync("a/b"))!.ETag));
    }

    [Fact]
    public async Task Put_NoBytes_IsAnEmptyObject()
    {
        await Store.PutAsync("empty", Array.Empty<ReadOnlyMemory<byte>>());
        Assert.Empty((await Store.GetAsync("empty"))!.Content);
    }

    [Fact]
    public async Task Put_SameContentManyTimes_ChangesTheTagEachTime()
    {
        var tags = new HashSet<string>();
        for (var i = 0; i < 200; i++) Assert.True(tags.Add(await Store.PutAsync("same", Utf8("same"))));
    }

    [Fact]
    public async Task Put_IfMissing_SecondFailsAndChangesNothing()
    {
        var tag = await Store.PutAsync("once", Utf8("first"), PutCondition.Missing);
        var failure = await Assert.ThrowsAsync<PreconditionFailedException>(async () => await Store.PutAsync("once", Utf8("second"), PutCondition.Missing));
        Assert.Equal(("once", null, tag), (failure.ObjectName, failure.ExpectedETag, failure.ActualETag));
        Assert.Equal("first", await TextAsync("once"));
    }

    [Fact]
    public async Task Put_IfMatch_StaleOrMissingFails()
    {
        var first = await Store.PutAsync("doc", Utf8("1"));
        var second = await Store.PutAsync("doc", Utf8("2"), PutCondition.Matches(first));
        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await Store.PutAsync("doc", Utf8("3"), PutCondition.Matches(first)));
        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await Store.PutAsync("other", Utf8("3"), PutCondition.Matches(second)));
        Assert.Equal("2", await TextAsync("doc"));
        Assert.Null(await Store.GetAsync("other"));
    }

    [Fact]
    public async Task Put_ManyAtOnceIfMatch_OneWins()
    {
        var tag = await Store.PutAsync("race", Utf8("0"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                await Store.PutAsync("race", Utf8($"{i}"), PutCondition.Matches(tag));
                return 1;
            }
            catch (PreconditionFailedException)
            {
                return 0;
            }
        }));
        Assert.Equal(1, outcomes.Sum());
    }

    [Fact]
    public async Task Put_BesideReaders_NeverShowsAMixture()
    {
        var contents = Enumerable.Range(0, 2).Select(i => Enumerable.Repeat((byte)i, 100_000 + i).ToArray()).ToArray();
        await Store.PutAsync("whole", contents[0]);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++) await Store.PutAsync("whole", contents[i % 2]);
        });
        do
        {
            var seen = (await Store.GetAsync("whole"))!.Content;
            Assert.Equal(contents[seen[0]].Length, seen.Length);
            Assert.True(seen.All(b => b == seen[0]));
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public async Task Read_Ranges_StopAtTheEnd()
    {
        await Store.PutAsync("ten", Utf8("0123456789"));
        Assert.Equal("234", await RangeAsync("ten", 2, 3));
        Assert.Equal("89", await RangeAsync("ten", 8, 5));
        Assert.Equal("", await RangeAsync("ten", 10, 5));
        Assert.Equal("", await RangeAsync("ten", 1_000_000, 5));
        await Assert.ThrowsAsync<ObjectNotFoundException>(() => RangeAsync("eleven", 0, 1));
    }

    [Fact]
    public async Task Append_AtExpectedLength_Grows()
    {
        Assert.Equal(2, await Store.AppendAsync("log", Utf8("ab"), expectedLength: 0));
        Assert.Equal(5, await Store.AppendAsync("log", [Utf8("c"), Utf8("de")], expectedLength: 2));
        Assert.Equal(6, await Store.AppendAsync("log", Utf8("f"), expectedLength: null));
        Assert.Equal("abcdef", await TextAsync("log"));
    }

    [Fact]
    public async Task Append_AtAnotherLength_FailsAndChangesNothing()
    {
        await Store.AppendAsync("log", Utf8("ab"), expectedLength: 0);
        var failure = await Assert.ThrowsAsync<AppendConflictException>(async () => await Store.AppendAsync("log", Utf8("x"), expectedLength: 0));
        Assert.Equal((0L, (long?)2), (failure.ExpectedLength, failure.ActualLength));
        var missing = await Assert.ThrowsAsync<AppendConflictException>(async () => await Store.AppendAsync("none", Utf8("x"), expectedLength: 2));
        Assert.Null(missing.ActualLength);
        Assert.Equal("ab", await TextAsync("log"));
        Assert.Null(await Store.GetAsync("none"));
    }

    [Fact]
    public async Task Append_ManyAtOnceWithoutLength_AllLandWholeAndOnce()
    {
        var ends = await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            Store.AppendAsync("log", [Utf8($"[{i}"), Utf8("]")], expectedLength: null).AsTask()));
        Assert.Equal(300, ends.Distinct().Count());
        var text = await TextAsync("log");
        Assert.Equal(Enumerable.Range(0, 300), text.Split('[', ']').Where(s => s.Length > 0).Select(int.Parse).Order());
        Assert.Equal(text.Length, ends.Max());
    }

    [Fact]
    public async Task OpenAppend_Missing_CreatesIt()
    {
        await using var log = await Store.OpenAppendAsync("logs/1");
        Assert.Equal(("logs/1", 0L), (log.Name, log.Length));
        Assert.Empty((await Store.GetAsync("logs/1"))!.Content);
    }

    [Fact]
    public async Task OpenAppend_Concurrent_LandsInCallOrderAndTellsWhere()
    {
        await using var log = await Store.OpenAppendAsync("log");
        var appends = Enumerable.Range(0, 500).Select(i => log.AppendAsync([Utf8($"{i},")]).AsTask()).ToArray();
        var ends = await Task.WhenAll(appends);
        Assert.Equal(ends.Order(), ends);
        Assert.Equal(string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},")), await TextAsync("log"));
        Assert.Equal(ends[^1], log.Length);
    }

    [Fact]
    public async Task OpenAppend_SecondWriterAppends_FirstIsFenced()
    {
        await using var first = await Store.OpenAppendAsync("log");
        await first.AppendAsync(Utf8("a"));
        await using var second = await Store.OpenAppendAsync("log");
        Assert.Equal(1, second.Length);
        await second.AppendAsync(Utf8("b"));
        await Assert.ThrowsAsync<AppendConflictException>(async () => await first.AppendAsync(Utf8("c")));
        await Assert.ThrowsAsync<AppendConflictException>(async () => await first.TruncateAsync(0));
        Assert.Equal("ab", await TextAsync("log"));
        Assert.Equal(3, await second.AppendAsync(Utf8("d")));
    }

    [Fact]
    public async Task OpenAppend_ObjectReplacedOrDeleted_IsFenced()
    {
        await using var replaced = await Store.OpenAppendAsync("one");
        await Store.PutAsync("one", Utf8("new"));
        await Assert.ThrowsAsync<AppendConflictException>(async () => await replaced.AppendAsync(Utf8("x")));
        Assert.Equal("new", await TextAsync("one"));
        await using var deleted = await Store.OpenAppendAsync("two");
        await Store.DeleteAsync("two");
        await Assert.ThrowsAsync<AppendConflictException>(async () => await deleted.AppendAsync(Utf8("x")));
        Assert.Null(await Store.GetAsync("two"));
    }

    [Fact]
    public async Task Truncate_CutsBackAndGoesOn()
    {
        await using var log = await Store.OpenAppendAsync("log");
        await log.AppendAsync(Utf8("abcdef"));
        await log.TruncateAsync(2);
        Assert.Equal(2, log.Length);
        Assert.Equal(3, await log.AppendAsync(Utf8("X")));
        Assert.Equal("abX", await TextAsync("log"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.TruncateAsync(4));
    }

    [Fact]
    public async Task OpenOver_TakesThePlaceAndBeginsAtTheStart()
    {
        await Store.AppendAsync("old", Utf8("abcdefgh"), 0);
        await using var log = await Store.OpenOverAsync("new", "old");
        Assert.Equal(0, log.Length);
        Assert.Null(await Store.GetAsync("old"));
        Assert.Equal(2, await log.AppendAsync(Utf8("XY")));
        Assert.Equal(3, await log.AppendAsync(Utf8("Z")));
        Assert.StartsWith("XYZ", await TextAsync("new"), StringComparison.Ordinal);
        await log.TruncateAsync(log.Length);
        Assert.Equal("XYZ", await TextAsync("new"));
        Assert.Equal(4, await log.AppendAsync(Utf8("!")));
        Assert.Equal(["new"], await ListAsync(""));
    }

    [Fact]
    public async Task OpenOver_LongerThanTheRoom_Grows()
    {
        await Store.AppendAsync("old", Utf8("ab"), 0);
        await using var log = await Store.OpenOverAsync("new", "old");
        Assert.Equal(6, await log.AppendAsync(Utf8("123456")));
        Assert.Equal("123456", await TextAsync("new"));
    }

    [Fact]
    public async Task OpenOver_OldIsMissing_BeginsEmpty()
    {
        await using var log = await Store.OpenOverAsync("new", "never");
        Assert.Equal(1, await log.AppendAsync(Utf8("x")));
        Assert.Equal("x", await TextAsync("new"));
    }

    [Fact]
    public async Task OpenOver_NewExists_IsRefusedAndChangesNothing()
    {
        await Store.PutAsync("new", Utf8("mine"));
        await Store.PutAsync("old", Utf8("other"));
        await Assert.ThrowsAsync<AppendConflictException>(async () => await Store.OpenOverAsync("new", "old"));
        Assert.Equal(("mine", "other"), (await TextAsync("new"), await TextAsync("old")));
    }

    [Fact]
    public async Task OpenOver_WhoeverHasTheOldOpen_IsFenced()
    {
        await using var before = await Store.OpenAppendAsync("old");
        await before.AppendAsync(Utf8("abc"));
        await using var log = await Store.OpenOverAsync("new", "old");
        await Assert.ThrowsAsync<AppendConflictException>(async () => await before.AppendAsync(Utf8("x")));
        Assert.Equal(1, await log.AppendAsync(Utf8("y")));
    }

    [Fact]
    public async Task OpenOver_SecondWriterAppendsAtItsEnd_FirstIsFenced()
    {
        await Store.AppendAsync("old", Utf8("abcdef"), 0);
        await using var log = await Store.OpenOverAsync("new", "old");
        await log.AppendAsync(Utf8("1"));
        await using (var second = await Store.OpenAppendAsync("new"))
        {
            Assert.Equal(1, second.Length);
            await second.AppendAsync(Utf8("2"));
        }
        await Assert.ThrowsAsync<AppendConflictException>(async () => await log.AppendAsync(Utf8("3")));
        Assert.StartsWith("12", await TextAsync("new"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_AfterPut_ExtendsAndChangesTheTag()
    {
        var tag = await Store.PutAsync("doc", Utf8("ab"));
        await Store.AppendAsync("doc", Utf8("c"), expectedLength: 2);
        var stored = await Store.GetAsync("doc");
        Assert.Equal("abc", Encoding.UTF8.GetString(stored!.Content));
        Assert.NotEqual(tag, stored.ETag);
    }

    [Fact]
    public async Task Buffers_ChangedAfterwards_DoNotChangeTheObject()
    {
        var buffer = Utf8("mine").ToArray();
        await Store.PutAsync("put", buffer);
        await Store.AppendAsync("log", buffer, expectedLength: 0);
        buffer.AsSpan().Clear();
        Assert.Equal("mine", await TextAsync("put"));
        Assert.Equal("mine", await TextAsync("log"));
        (await Store.GetAsync("put"))!.Content.AsSpan().Clear();
        Assert.Equal("mine", await TextAsync("put"));
    }

    [Fact]
    public async Task List_ByPrefix_IsInUtf8Order()
    {
        string[] names = ["a/1", "a/10", "a/2", "a!", "a-b/x", "b", "a/Ü", "a/\uFFFD", "a/😀", "a/%41", "a/ x", "a/.hidden", "A/1"];
        foreach (var name in names) await Store.PutAsync(name, Utf8(name));
        Assert.Equal(Sorted(names), await ListAsync(""));
        Assert.Equal(Sorted(names.Where(n => n.StartsWith("a/", StringComparison.Ordinal))), await ListAsync("a/"));
        Assert.Equal(["a/1", "a/10"], await ListAsync("a/1"));
        Assert.Empty(await ListAsync("c/"));
        await foreach (var properties in Store.ListAsync("a")) Assert.Equal(Encoding.UTF8.GetByteCount(properties.Name), properties.Length);
    }

    [Fact]
    public async Task List_TagsAreThoseOfGet()
    {
        await Store.PutAsync("t/1", Utf8("x"));
        await foreach (var properties in Store.ListAsync("t/")) Assert.Equal((await Store.GetAsync(properties.Name))!.ETag, properties.ETag);
    }

    [Fact]
    public async Task Delete_WithAndWithoutTag()
    {
        Assert.False(await Store.DeleteAsync("d"));
        var tag = await Store.PutAsync("d", Utf8("1"));
        await Store.PutAsync("d", Utf8("2"));
        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await Store.DeleteAsync("d", tag));
        Assert.True(await Store.DeleteAsync("d"));
        Assert.Null(await Store.GetAsync("d"));
        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await Store.DeleteAsync("d", tag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData(".")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public async Task Names_AgainstTheRules_AreRefused(string name)
    {
        await Assert.ThrowsAsync<InvalidObjectNameException>(async () => await Store.PutAsync(name, Utf8("x")));
        await Assert.ThrowsAsync<InvalidObjectNameException>(async () => await Store.GetAsync(name));
        await Assert.ThrowsAsync<InvalidObjectNameException>(async () => await Store.AppendAsync(name, Utf8("x"), null));
        await Assert.ThrowsAsync<InvalidObjectNameException>(async () => await Store.OpenAppendAsync(name));
        await Assert.ThrowsAsync<InvalidObjectNameException>(async () => await Store.DeleteAsync(name));
    }

    [Theory]
    [InlineData("x.json", "x.json/y")]
    [InlineData("x.json/y", "x.json")]
    [InlineData("a/b.json/c.json", "a/b.json")]
    [InlineData("a.b/c.d/e.f/g", "a.b/c.d/e.f")]
    [InlineData(".x.y/z", ".x.y")]
    public async Task Names_OneTheFolderOfTheOther_AreTwoObjects(string first, string second)
    {
        await Store.PutAsync(first, Utf8("1"));
        await Store.PutAsync(second, Utf8("2"), PutCondition.Missing);
        Assert.Equal("1", await TextAsync(first));
        Assert.Equal("2", await TextAsync(second));
        Assert.Equal(new[] { first, second }.Order(StringComparer.Ordinal), await ListAsync(""));
        var folder = first.Length > second.Length ? second : first;
        Assert.Equal([folder == first ? second : first], await ListAsync(folder + "/"));
        Assert.True(await Store.DeleteAsync(first));
        Assert.Null(await Store.GetAsync(first));
        Assert.Equal("2", await TextAsync(second));
        Assert.Equal(1, await Store.AppendAsync(first, Utf8("3"), 0));
        Assert.Equal([first, second], (await ListAsync("")).OrderBy(n => n == second));
    }

    [Fact]
    public async Task Names_OneTheFolderOfTheOther_AppendedTo_AreTwoObjects()
    {
        await using var outer = await Store.OpenAppendAsync("log.1");
        await using var inner = await Store.OpenAppendAsync("log.1/2");
        await outer.AppendAsync(Utf8("outer"));
        await inner.AppendAsync(Utf8("in"));
        Assert.Equal("outer", await TextAsync("log.1"));
        Assert.Equal("in", await TextAsync("log.1/2"));
        Assert.Equal(2, (await Store.GetPropertiesAsync("log.1/2"))!.Length);
    }

    [Fact]
    public async Task Names_TooLongOrWithHalfASurrogate_AreRefused()
    {
        foreach (var name in new[] { new string('a', 256), string.Concat(Enumerable.Repeat("abcdefgh/", 114)) + "z", "a\uD800b", new string('ü', 43) })
            await Assert.ThrowsAsync<InvalidObjectNameException>(async () => await Store.PutAsync(name, Utf8("x")));
        foreach (var name in new[] { new string('a', 255), new string('ü', 42), string.Concat(Enumerable.Repeat("abcdefgh/", 113)) + "z" })
        {
            await Store.PutAsync(name, Utf8("fits"));
            Assert.Equal("fits", await TextAsync(name));
        }
    }

    [Fact]
    public async Task Cancelled_Beforehand_DoesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await using var log = await Store.OpenAppendAsync("log");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.PutAsync("a", Utf8("x"), cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.AppendAsync("a", Utf8("x"), null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await log.AppendAsync(Utf8("x"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.DeleteAsync("log", cancellationToken: cancelled));
        Assert.Null(await Store.GetAsync("a"));
        Assert.Equal(1, await log.AppendAsync(Utf8("y")));
    }

    [Fact]
    public async Task Append_AfterDispose_IsRefused()
    {
        var log = await Store.OpenAppendAsync("log");
        await log.DisposeAsync();
        await log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await log.AppendAsync(Utf8("x")));
    }

    protected static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    protected async Task<string> TextAsync(string name) => Encoding.UTF8.GetString((await Store.GetAsync(name))!.Content);

    private async Task<string> RangeAsync(string name, long offset, int length)
    {
        var buffer = new byte[length];
        return Encoding.UTF8.GetString(buffer, 0, await Store.ReadAsync(name, offset, buffer));
    }

    protected async Task<List<string>> ListAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var properties in Store.ListAsync(prefix)) names.Add(properties.Name);
        return names;
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> names) =>
        names.OrderBy(n => Convert.ToHexString(Encoding.UTF8.GetBytes(n)), StringComparer.Ordinal);
}
