using System.Diagnostics;
using Orleans.Runtime.Activations;

namespace Orleans.Runtime.Streams;

/// <summary>The caller's side of a stream: nothing is sent before it is enumerated; each enumeration is a new one.</summary>
internal sealed class GrainAsyncEnumerable<T>(GrainRuntime runtime, GrainStreamMethod<T> method, GrainId target, object?[] arguments) : IAsyncEnumerable<T>
{
    public int BatchSize { get; set; } = 100;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new Enumerator(runtime, method, target, [.. arguments], BatchSize, cancellationToken);

    private sealed class Enumerator : IAsyncEnumerator<T>
    {
        private readonly GrainRuntime _runtime;
        private readonly GrainStreamMethod<T> _method;
        private readonly GrainId _target;
        private readonly object?[] _arguments;
        private readonly int _batchSize;
        private readonly CancellationTokenSource? _linked;
        private readonly CancellationToken _token;
        private GrainStream<T>? _stream;
        private StreamBatch<T> _batch = new([], Ended: false);
        private int _index = -1;

        public Enumerator(GrainRuntime runtime, GrainStreamMethod<T> method, GrainId target, object?[] arguments, int batchSize, CancellationToken token)
        {
            (_runtime, _method, _target, _arguments, _batchSize) = (runtime, method, target, arguments, batchSize);
            var own = method.TokenOf(arguments);
            if (own.CanBeCanceled && token.CanBeCanceled) _linked = CancellationTokenSource.CreateLinkedTokenSource(own, token);
            _token = _linked?.Token ?? (own.CanBeCanceled ? own : token);
        }

        public T Current => _batch.Items[_index];

        public async ValueTask<bool> MoveNextAsync()
        {
            while (++_index >= _batch.Items.Length)
            {
                if (_batch.Ended) return false;
                _token.ThrowIfCancellationRequested();
                _batch = await PullAsync();
                _index = -1;
            }
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            _linked?.Dispose();
            if (_batch.Ended || _stream is not { } stream) return;
            var close = new StreamPull<T>(_runtime, _method.Name, first: false, async _ =>
            {
                await stream.CloseAsync(aborted: false, _runtime.Collection.DeactivationTimeout);
                return new([], Ended: true);
            }, CancellationToken.None);
            if (stream.Activation.TryDeliver(close)) await ((Task)close.Reply).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private Task<StreamBatch<T>> PullAsync()
        {
            var stream = _stream;
            var pull = new StreamPull<T>(_runtime, _method.Name, stream is null, stream is null ? OpenAsync : _ => stream.PullAsync(_batchSize), _token)
            {
                Context = RequestContext.Current,
                Activity = Activity.Current,
            };
            pull.Watch();
            if (stream is null) _runtime.Deliver(_target, pull);
            else if (!stream.Activation.TryDeliver(pull)) pull.Fail(new EnumerationAbortedException($"Grain {_target} was deactivated while its stream was read."));
            return pull.Reply;
        }

        private Task<StreamBatch<T>> OpenAsync(Activation activation)
        {
            var cancellation = new CancellationTokenSource();
            // The stream outlives this pull, so it follows the caller's token itself; callbacks are turns of the grain.
            var watch = _token.UnsafeRegister(_ => activation.Post(static state => ((CancellationTokenSource)state!).Cancel(), cancellation), null);
            var stream = _stream = new(activation, cancellation) { CallerWatch = watch };
            if (_method.TokenIndex >= 0) _arguments[_method.TokenIndex] = cancellation.Token;
            stream.Open(_method.Invoke(activation.GrainInstance!, _arguments));
            return stream.PullAsync(_batchSize);
        }
    }
}
