using System.Text;
using Plumbline.ObjectStore.Azure.Tests.Faults;

namespace Plumbline.ObjectStore.Azure.Tests;

/// <summary>Whatever is done in whatever order, with answers lost and requests refused on the way, comes out as it does in memory.</summary>
public sealed class ModelTests(Emulator emulator) : FaultTest(emulator)
{
    private static readonly string[] Names = ["a", "a.b", "a.b/c", "dir/x", "dir/y"];
    private static readonly Fault[] Faults = [Fault.LostAnswer, Fault.ErrorAfterwards, Fault.Busy, Fault.Reset, Fault.Gibberish];
    private readonly MemoryObjectStore _model = new();
    private readonly Dictionary<string, (string Real, string Model)> _tags = [];
    private readonly Dictionary<string, (string Real, string Model)> _staleTags = [];
    private readonly Dictionary<string, (IAppendObject Real, IAppendObject Model)> _handles = [];
    private readonly StringBuilder _history = new();
    private Random _random = null!;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public async Task RandomOperations_EndAsInMemory(int seed, bool keepsTypes)
    {
        (_random, Proxy.KeepsTypes) = (new Random(seed), keepsTypes);
        var faults = new Random(seed + 100);
        Proxy.Choose = _ =>
        {
            lock (faults) return faults.Next(6) == 0 ? Faults[faults.Next(Faults.Length)] : Fault.None;
        };
        for (var i = 0; i < 150; i++)
        {
            var name = Names[_random.Next(Names.Length)];
            try
            {
                await StepAsync(name);
                await CompareAsync(name);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"After\n{_history}", e);
            }
        }
        await CompareListsAsync("");
        await CompareListsAsync("a.b");
    }

    private async Task StepAsync(string name)
    {
        switch (_random.Next(9))
        {
            case 0:
                await PutAsync(name, PutCondition.None, PutCondition.None);
                break;
            case 1:
                await PutAsync(name, PutCondition.Missing, PutCondition.Missing);
                break;
            case 2 when (_random.Next(3) == 0 ? _staleTags : _tags).TryGetValue(name, out var tag):
                await PutAsync(name, PutCondition.Matches(tag.Real), PutCondition.Matches(tag.Model));
                break;
            case 3:
                await AppendAsync(name, _random.Next(3) switch { 0 => null, 1 => _random.Next(10), _ => (await _model.GetPropertiesAsync(name))?.Length ?? 0 });
                break;
            case 4 when (_random.Next(3) == 0 ? _staleTags : _tags).TryGetValue(name, out var tag):
                await BothAsync($"delete {name} if {tag}", async () => await Store.DeleteAsync(name, tag.Real), async () => await _model.DeleteAsync(name, tag.Model), name);
                break;
            case 5 when _random.Next(3) == 0:
                await BothAsync($"delete {name}", async () => await Store.DeleteAsync(name), async () => await _model.DeleteAsync(name), name);
                break;
            case 6:
                await TruncateAsync(name);
                break;
            case 7 when _random.Next(3) == 0:
                await OpenOverAsync(name, Names[_random.Next(Names.Length)]);
                break;
            default:
                await AppendByHandleAsync(name);
                break;
        }
    }

    private Task PutAsync(string name, PutCondition real, PutCondition model)
    {
        var content = Bytes();
        return BothAsync(
            $"put {name} {content.Length} {real}", async () => (await Store.PutAsync(name, content, real)).Length > 0,
            async () => (await _model.PutAsync(name, content, model)).Length > 0, name);
    }

    private Task AppendAsync(string name, long? expected)
    {
        var content = Bytes();
        return BothAsync(
            $"append {name} {content.Length} at {expected}", async () => await Store.AppendAsync(name, content, expected),
            async () => await _model.AppendAsync(name, content, expected), name);
    }

    private async Task AppendByHandleAsync(string name)
    {
        var (content, (real, model)) = (Bytes(), await HandleAsync(name));
        await BothAsync($"append {name} {content.Length} by handle", async () => await real.AppendAsync(content), async () => await model.AppendAsync(content), null);
        Assert.Equal(model.Length, real.Length);
    }

    private async Task TruncateAsync(string name)
    {
        var (real, model) = await HandleAsync(name);
        var length = _random.NextInt64(model.Length + 1);
        _history.AppendLine($"truncate {name} to {length} of {model.Length}");
        await real.TruncateAsync(length);
        await model.TruncateAsync(length);
        Assert.Equal(model.Length, real.Length);
    }

    private async Task OpenOverAsync(string name, string over)
    {
        _history.AppendLine($"open {name} over {over}");
        var exists = await _model.GetPropertiesAsync(name) is not null;
        if (exists)
        {
            await Assert.ThrowsAsync<AppendConflictException>(async () => await Store.OpenOverAsync(name, over));
            return;
        }
        var (real, model) = (await Store.OpenOverAsync(name, over), await _model.OpenOverAsync(name, over));
        await model.TruncateAsync(0); // what stays of the other is a matter of the store
        await LetGoAsync(over);
        _handles[name] = (real, model);
        await CompareAsync(over);
    }

    private async Task<(IAppendObject Real, IAppendObject Model)> HandleAsync(string name)
    {
        if (_handles.TryGetValue(name, out var handles)) return handles;
        _history.AppendLine($"open {name}");
        return _handles[name] = (await Store.OpenAppendAsync(name), await _model.OpenAppendAsync(name));
    }

    /// <summary>Does it to both, which have to agree.</summary>
    /// <param name="what">For the history.</param>
    /// <param name="real">In the store.</param>
    /// <param name="model">In memory.</param>
    /// <param name="name">The object whose open handle has to be fenced off when it was changed.</param>
    private async Task BothAsync<T>(string what, Func<Task<T>> real, Func<Task<T>> model, string? name)
    {
        _history.AppendLine(what);
        var expected = await OutcomeAsync(model);
        Assert.Equal(expected, await OutcomeAsync(real));
        if (name is not null && expected is not string and not false) await LetGoAsync(name);
    }

    private async Task LetGoAsync(string name)
    {
        if (!_handles.Remove(name, out var handles)) return;
        await Assert.ThrowsAsync<AppendConflictException>(async () => await handles.Real.AppendAsync("fenced"u8.ToArray()));
        await handles.Real.DisposeAsync();
        await handles.Model.DisposeAsync();
    }

    private static async Task<object?> OutcomeAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (ObjectStoreException e)
        {
            return e.GetType().Name;
        }
    }

    private async Task CompareAsync(string name)
    {
        var (real, model) = (await Store.GetAsync(name), await _model.GetAsync(name));
        Assert.Equal(model?.Content, real?.Content);
        if (_tags.TryGetValue(name, out var former) && former.Model != model?.ETag) _staleTags[name] = former;
        if (real is null || model is null)
        {
            _tags.Remove(name);
            return;
        }
        _tags[name] = (real.ETag, model.ETag);
        var (offset, some, same) = (_random.Next(model.Content.Length + 2), new byte[_random.Next(1, 20)], new byte[20]);
        var count = await Store.ReadAsync(name, offset, some);
        Assert.Equal(await _model.ReadAsync(name, offset, same.AsMemory(0, some.Length)), count);
        Assert.Equal(same[..count], some[..count]);
        var properties = await Store.GetPropertiesAsync(name);
        Assert.Equal((model.Content.Length, real.ETag), (properties!.Length, properties.ETag));
    }

    private async Task CompareListsAsync(string prefix)
    {
        var (real, model) = (new List<(string, long)>(), new List<(string, long)>());
        await foreach (var found in Store.ListAsync(prefix))
        {
            Assert.Equal(_tags[found.Name].Real, found.ETag);
            real.Add((found.Name, found.Length));
        }
        await foreach (var found in _model.ListAsync(prefix)) model.Add((found.Name, found.Length));
        Assert.Equal(model, real);
    }

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(1, 12)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
